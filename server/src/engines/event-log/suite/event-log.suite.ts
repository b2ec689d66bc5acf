import type { PostId, UserId } from '@tintype/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../../kit/ids.ts'
import { consumer } from '../port.ts'
import { failureCases } from './failures.suite.ts'
import { orderCases } from './order.suite.ts'
import { processCases } from './processes.suite.ts'
import {
  append,
  type EventLogFixture,
  Listener,
  type LogWithOutbox,
  like,
  newPosts,
  numberOf,
  pause,
  type Scene,
  until,
  upTo,
} from './scene.suite.ts'

/** What every event log has to do; each case holds two processes on one log. */
export function eventLogSuite(name: string, fixture: () => Promise<EventLogFixture>): void {
  describe(`event log: ${name}`, () => {
    let scene: Scene
    let opened: LogWithOutbox[]
    beforeEach(async () => {
      const store = await fixture()
      opened = []
      const open = async () => {
        const log = await store.open()
        opened.push(log)
        return log
      }
      scene = { ...store, open, one: await open(), two: await open() }
    })
    afterEach(async () => {
      await Promise.all(opened.map((log) => log[Symbol.asyncDispose]()))
      await scene[Symbol.asyncDispose]()
    })
    describe('telling', () => tellingCases(() => scene))
    describe('batches', () => batchCases(() => scene))
    describe('order', () => orderCases(() => scene))
    describe('failures', () => failureCases(() => scene))
    describe('processes', () => processCases(() => scene))
  })
}

function tellingCases(the: () => Scene): void {
  it('tells every group what was committed, whole', async () => {
    const { one, db } = the()
    const [ana, ben] = [new Listener(), new Listener()]
    const [post] = newPosts(1) as [PostId]
    await one.subscribe(ana.as('ana'))
    await one.subscribe(ben.as('ben'))
    await append(the(), like(post, 1), like(post, 2))
    await db.tx((tx) => one.outbox.append(tx, []))
    await one.drain()
    expect(ana.of(post)).toEqual([1, 2])
    expect(ben.heard).toEqual(ana.heard)
    const [first, second] = ana.heard
    expect(first).toMatchObject({ ...like(post, 1), key: post, attempt: 1 })
    expect(first?.id).not.toBe(second?.id)
    expect(Math.abs((first?.at ?? 0) - Date.now())).toBeLessThan(10_000)
  })

  it('tells a group only of its types', async () => {
    const { one, db } = the()
    const heard: string[] = []
    const user_id = newId<UserId>()
    const types = ['user.updated', 'user.deleted'] as const
    await one.subscribe(consumer({ group: 'g', types, handle: async (event) => void heard.push(event.type) }))
    await db.tx((tx) =>
      one.outbox.append(tx, [
        { type: 'user.registered', payload: { user_id } },
        { type: 'user.updated', payload: { user_id } },
        { type: 'user.deleted', payload: { user_id } },
      ]),
    )
    await one.drain()
    expect(heard).toEqual(types)
  })

  it('tells nothing before the commit, and never what was rolled back', async () => {
    const { one, db } = the()
    const listener = new Listener()
    const [post] = newPosts(1) as [PostId]
    await one.subscribe(listener.as('g'))
    const commit = Promise.withResolvers<void>()
    const appended = Promise.withResolvers<void>()
    const open = db.tx(async (tx) => {
      await one.outbox.append(tx, [like(post, 1)])
      appended.resolve()
      await commit.promise
    })
    const failed = db.tx(async (tx) => {
      await one.outbox.append(tx, [like(post, 2)])
      throw new Error('changed my mind')
    })
    await expect(failed).rejects.toThrow('changed my mind')
    await appended.promise
    await one.drain()
    expect(listener.heard).toEqual([])
    commit.resolve()
    await open
    await one.drain()
    expect(listener.of(post)).toEqual([1])
  })

  it('tells soon, without being asked to', async () => {
    const { one, two } = the()
    const listener = new Listener()
    const [post] = newPosts(1) as [PostId]
    await two.subscribe(listener.as('g'))
    for (const n of upTo(5)) {
      await append({ ...the(), one }, like(post, n))
      await until(() => listener.heard.length > n)
    }
    expect(listener.of(post)).toEqual(upTo(5))
  })

  it('begins for a new group at the beginning, however much there is', async () => {
    const { two } = the()
    const posts = newPosts(7)
    for (const part of upTo(5))
      await append(the(), ...upTo(1001).map((i) => like(posts[i % 7] as PostId, part * 1001 + i)))
    const listener = new Listener()
    await two.subscribe(listener.as('late'))
    await append(the(), like(posts[0] as PostId, 5005))
    await two.drain()
    for (const [i, post] of posts.entries())
      expect(listener.of(post)).toEqual(upTo(5006).filter((n) => n % 7 === i))
  })

  it('drains what comes of what it tells', async () => {
    const { one, db } = the()
    const heard: number[] = []
    const [post] = newPosts(1) as [PostId]
    await one.subscribe(
      consumer({
        group: 'chain',
        types: ['post.liked'],
        async handle(event) {
          await pause(3)
          heard.push(numberOf(event))
          const next = numberOf(event) + 1
          if (next < 6) await db.tx((tx) => one.outbox.append(tx, [like(newPosts(1)[0] as PostId, next)]))
        },
      }),
    )
    await append(the(), like(post, 0))
    await one.drain()
    expect(heard).toEqual(upTo(6))
  })

  it('counts what waits, and how long', async () => {
    const { one } = the()
    const [post] = newPosts(1) as [PostId]
    const gate = Promise.withResolvers<void>()
    const subscription = await one.subscribe(new Listener(() => gate.promise).as('slow'))
    await one.subscribe(new Listener().as('quick'))
    await append(the(), like(post, 1), like(post, 2), like(post, 3))
    const waiting = async (group: string) => (await one.backlog()).find((line) => line.group === group)
    await until(async () => (await waiting('quick'))?.waiting === 0)
    await until(async () => ((await waiting('slow'))?.oldestSeconds ?? 0) > 0.02)
    expect(await waiting('slow')).toMatchObject({ waiting: 3 })
    expect(await waiting('quick')).toMatchObject({ waiting: 0, oldestSeconds: 0 })
    gate.resolve()
    await one.drain()
    expect(await waiting('slow')).toMatchObject({ waiting: 0, oldestSeconds: 0 })
    await subscription[Symbol.asyncDispose]()
    await append(the(), like(post, 4))
    expect(await waiting('slow')).toMatchObject({ waiting: 1 })
  })

  it('refuses a group that has a handler here already', async () => {
    const { one } = the()
    await one.subscribe(new Listener().as('g'))
    await expect(one.subscribe(new Listener().as('g'))).rejects.toThrow('g')
    await one.ping()
  })
}

function batchCases(the: () => Scene): void {
  it('hands over many at once, never more than asked for, orders kept', async () => {
    const { one } = the()
    const posts = newPosts(20)
    await append(the(), ...upTo(1000).map((n) => like(posts[n % 20] as PostId, n)))
    const batches: number[][] = []
    await one.subscribe(
      consumer({
        group: 'counters',
        types: ['post.liked'],
        batch: 50,
        async handleBatch(events) {
          await pause(1)
          batches.push(events.map(numberOf))
        },
      }),
    )
    await one.drain()
    const received = batches.flat()
    expect(received.toSorted((a, b) => a - b)).toEqual(upTo(1000))
    for (const i of upTo(20))
      expect(received.filter((n) => n % 20 === i)).toEqual(upTo(50).map((n) => n * 20 + i))
    expect(Math.max(...batches.map((batch) => batch.length))).toBeLessThanOrEqual(50)
    expect(batches.length).toBeLessThan(100)
  })

  it('finds the event that spoils a batch, and lets the others pass', async () => {
    const { one } = the()
    const posts = newPosts(10)
    const received: number[] = []
    await append(the(), ...upTo(100).map((n) => like(posts[n % 10] as PostId, n)))
    await one.subscribe(
      consumer({
        group: 'counters',
        types: ['post.liked'],
        batch: 64,
        maxAttempts: 2,
        async handleBatch(events) {
          if (events.some((event) => numberOf(event) === 42)) throw new Error('spoiled')
          received.push(...events.map(numberOf))
        },
      }),
    )
    await one.drain()
    expect(received.toSorted((a, b) => a - b)).toEqual(upTo(100).filter((n) => n !== 42))
    expect(received.filter((n) => n % 10 === 2)).toEqual(
      upTo(10)
        .map((n) => n * 10 + 2)
        .filter((n) => n !== 42),
    )
    expect((await one.deadLetters()).map(({ event }) => event.attempt)).toEqual([2])
  })
}
