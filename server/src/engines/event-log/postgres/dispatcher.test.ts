import { TintypeError } from '@tintype/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { consumer, type Event } from '../port.ts'
import { pause, until } from '../suite/scene.suite.ts'
import { Dispatcher, type KeyQueue, type Outlet } from './dispatcher.ts'
import type { Task } from './rows.ts'
import { Rush } from './rush.ts'

/** What stands in `event_parked`, kept in a list; spilled tasks arrive in it a moment later, as they do in the database. */
class ParkedList implements Outlet {
  readonly settled: Task[] = []
  readonly dead: Task[] = []
  readonly parked: Task[] = []
  dispatcher: Dispatcher | undefined
  #pending: (() => void)[] = []
  #loads: KeyQueue[] = []

  settle(task: Task): void {
    this.settled.push(task)
    this.#pending.push(() => this.#remove(task))
  }
  park(task: Task): void {
    this.#add(task)
  }
  spill(task: Task, written: () => void): void {
    task.parked = true
    this.#add(task, written)
  }
  bury(task: Task): void {
    this.dead.push(task)
    this.#pending.push(() => this.#remove(task))
  }
  load(queue: KeyQueue): void {
    this.#loads.push(queue)
  }

  /** One interval of the committer. */
  async flush(): Promise<void> {
    const [pending, loads] = [this.#pending.splice(0), this.#loads.splice(0)]
    await pause(0)
    for (const write of pending) write()
    for (const queue of loads) {
      const of = this.parked.filter((task) => task.row.key === queue.key)
      const first = of.toSorted((a, b) => a.row.seq - b.row.seq).slice(0, 3)
      await pause(0)
      this.dispatcher?.loaded(
        queue,
        first.map((task) => ({ ...task })),
        first.length === 3,
      )
    }
  }

  #add(task: Task, written?: () => void): void {
    this.#pending.push(() => {
      if (!this.parked.some((known) => known.row.seq === task.row.seq))
        this.parked.push({ ...task, parked: true })
      written?.()
    })
  }
  #remove(task: Task): void {
    const index = this.parked.findIndex((known) => known.row.seq === task.row.seq)
    if (index >= 0) this.parked.splice(index, 1)
  }
}

const task = (seq: number, key: string): Task => ({
  row: { seq, xid: 1, at: 0, share: 0, type: 'post.liked', key, payload: {} },
  chunk: undefined,
  parked: false,
  attempts: 0,
})

const quick = { retryBaseMs: 1, retryMaxMs: 1, rush: new Rush() }

describe('the dispatcher', () => {
  it.each(['one by one', 'in batches'])(
    'keeps the order of each key and drops nothing, whatever fails how often (%s)',
    async (how) => {
      const plan = fc.array(
        fc.record({
          key: fc.constantFrom('a', 'b', 'c'),
          failures: fc.integer({ min: -6, max: 4 }),
          lull: fc.boolean(),
        }),
        { minLength: 1, maxLength: 40 },
      )
      await fc.assert(
        fc.asyncProperty(plan, (steps) => run(steps, how === 'in batches')),
        { numRuns: 40 },
      )
    },
  )

  it.each(['one by one', 'in batches'])('never gives up for what is away, however long (%s)', async (how) => {
    const tried: number[] = []
    let isBack = false
    const handle = async (events: readonly Event[]) => {
      tried.push(...events.map(({ attempt }) => attempt))
      if (!isBack) throw new TintypeError('unavailable')
    }
    const base = { group: 'g', types: ['post.liked'], maxAttempts: 2 } as const
    const group =
      how === 'in batches'
        ? consumer({ ...base, batch: 10, handleBatch: handle })
        : consumer({ ...base, handle: (event) => handle([event]) })
    const outlet = new ParkedList()
    const dispatcher = new Dispatcher(group, outlet, quick, new AbortController().signal)
    for (let n = 0; n < 8; n++) dispatcher.add(task(n, `key ${n}`))
    await until(() => tried.length > 200)
    isBack = true
    await until(() => dispatcher.isEmpty)
    expect(outlet.dead).toEqual([])
    expect(outlet.settled).toHaveLength(8)
    expect(new Set(tried)).toEqual(new Set([1]))
  })

  it('a batch waits whole for what is away, and then without the one event that keeps it away', async () => {
    const outlet = new ParkedList()
    const sizes: number[] = []
    let isBack = false
    const handleBatch = async (events: readonly Event[]) => {
      sizes.push(events.length)
      if (!isBack && events.some(({ key }) => key === 'key 3')) throw new TintypeError('unavailable')
    }
    const group = consumer({ group: 'g', types: ['post.liked'], batch: 10, handleBatch })
    const dispatcher = new Dispatcher(group, outlet, quick, new AbortController().signal)
    for (let n = 0; n < 8; n++) dispatcher.add(task(n, `key ${n}`))
    await until(() => outlet.settled.length === 7)
    expect(sizes[0]).toBeGreaterThan(0)
    expect(outlet.settled.map(({ row }) => row.key)).not.toContain('key 3')
    isBack = true
    await until(() => dispatcher.isEmpty)
    expect(outlet.dead).toEqual([])
    expect(outlet.settled).toHaveLength(8)
  })

  it('does little of what is not urgent while what is more urgent is late, and all of it after', async () => {
    const restMs = 20
    const options = { ...quick, rush: new Rush({ lateMs: 0, restMs }) }
    const [urgent, other] = [new ParkedList(), new ParkedList()]
    let most = 0
    let running = 0
    const slowly = async () => {
      most = Math.max(most, ++running)
      await pause(2)
      running--
    }
    const begin = (
      outlet: ParkedList,
      urgency: 'first' | 'last',
      concurrency: number,
      handle: () => Promise<void>,
    ) =>
      new Dispatcher(
        consumer({ group: urgency, types: ['post.liked'], urgency, concurrency, handle }),
        outlet,
        options,
        new AbortController().signal,
      )
    const first = begin(urgent, 'first', 1, () => pause(2))
    const last = begin(other, 'last', 8, slowly)
    for (let n = 0; n < 30; n++) first.add(task(n, `key ${n}`))
    const began = performance.now()
    for (let n = 0; n < 400; n++) last.add(task(n, `key ${n}`))
    await until(() => first.lateSince === undefined)
    expect(other.settled.length).toBeLessThanOrEqual(1 + (performance.now() - began) / restMs)
    expect(most).toBe(1)
    await until(() => last.isEmpty)
    expect(other.settled).toHaveLength(400)
    expect(most).toBe(8)
  })

  it('reads on while a key waits, but not when there is no room', async () => {
    const held = Promise.withResolvers<void>()
    const outlet = new ParkedList()
    const group = consumer({ group: 'g', types: ['post.liked'], handle: () => held.promise })
    const dispatcher = new Dispatcher(group, outlet, quick, new AbortController().signal)
    await dispatcher.room()
    for (let n = 0; n < 500; n++) dispatcher.add(task(n, `key ${n}`))
    let hasRoom = false
    void dispatcher.room().then(() => {
      hasRoom = true
    })
    await pause(5)
    expect(hasRoom).toBe(false)
    held.resolve()
    await until(() => dispatcher.isEmpty)
    expect(hasRoom).toBe(true)
  })
})

/** A step's event fails so often before it passes; above three it dies. */
async function run(
  steps: readonly { key: string; failures: number; lull: boolean }[],
  inBatches: boolean,
): Promise<void> {
  const outlet = new ParkedList()
  const told: number[] = []
  const tried = new Map<number, number>()
  const handle = async (events: readonly Event[]) => {
    await pause(0)
    for (const { id } of events) {
      const n = Number(id)
      if ((tried.get(n) ?? 0) >= Math.max(0, steps[n]?.failures ?? 0)) continue
      if (events.length === 1) tried.set(n, (tried.get(n) ?? 0) + 1)
      throw new Error('as planned')
    }
    told.push(...events.map(({ id }) => Number(id)))
  }
  const group = inBatches
    ? consumer({ group: 'g', types: ['post.liked'], maxAttempts: 4, batch: 5, handleBatch: handle })
    : consumer({
        group: 'g',
        types: ['post.liked'],
        maxAttempts: 4,
        concurrency: 2,
        handle: (e) => handle([e]),
      })
  const dispatcher = new Dispatcher(group, outlet, { ...quick, retryMaxMs: 2 }, new AbortController().signal)
  outlet.dispatcher = dispatcher
  for (const [n, step] of steps.entries()) {
    dispatcher.add(task(n, step.key))
    if (step.lull) await outlet.flush()
  }
  await until(async () => {
    await outlet.flush()
    return dispatcher.isEmpty
  })
  await outlet.flush()
  for (const key of ['a', 'b', 'c']) {
    const expected = [...steps.entries()].filter(([, s]) => s.key === key && s.failures < 4).map(([n]) => n)
    expect(told.filter((n) => steps[n]?.key === key)).toEqual(expected)
  }
  expect(outlet.dead.map(({ row }) => row.seq).toSorted((a, b) => a - b)).toEqual(
    [...steps.entries()].filter(([, s]) => s.failures >= 4).map(([n]) => n),
  )
  expect(outlet.parked).toEqual([])
}
