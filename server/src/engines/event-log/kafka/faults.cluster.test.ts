import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Admin } from '@platformatic/kafka'
import type { PostId } from '@tintype/contract'
import { openTestDb, type TestDb } from '@tintype/testkit/database'
import { startKafka, type TestKafka } from '@tintype/testkit/kafka'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openPostgres } from '../../db/postgres/db.ts'
import { openKafkaTopic, readyKafka } from '../../kafka/open.ts'
import type { KafkaSettings, KafkaTopic } from '../../kafka/port.ts'
import { SHARES } from '../../outbox/port.ts'
import type { EventLog } from '../port.ts'
import { openLog as openPostgresLog } from '../postgres/opened.suite.ts'
import { firsts, Listener, type LogWithOutbox, like, newPosts, pause, upTo } from '../suite/scene.suite.ts'
import { kafkaSettings, openLog } from './opened.suite.ts'

const quick = { retryBaseMs: 4, retryMaxMs: 20 }

describe('event log on Kafka', () => {
  let kafka: TestKafka
  let test: TestDb
  let settings: KafkaSettings
  let opened: AsyncDisposable[]
  beforeAll(async () => {
    kafka = await startKafka()
  })
  afterAll(() => kafka[Symbol.asyncDispose]())
  beforeEach(async () => {
    test = await openTestDb()
    settings = kafkaSettings(kafka, `faults.${randomUUID()}`)
    opened = []
    await readyKafka({ kafka: settings })
  })
  afterEach(async () => {
    for (const one of opened.reverse()) await one[Symbol.asyncDispose]()
    await test[Symbol.asyncDispose]()
  })

  /** A process: with its own connections to both. */
  async function open(): Promise<LogWithOutbox> {
    const own = openPostgres({ url: test.url, pool: 3 })
    opened.push(own)
    const log = await openLog(own, settings, quick)
    opened.push(log)
    return log
  }
  const append = (log: LogWithOutbox, ...likes: ReturnType<typeof like>[]) =>
    test.db.tx((tx) => log.outbox.append(tx, likes))
  /** What stands in the topic, by share. */
  async function topicIds(): Promise<string[][]> {
    await using topic = (await openKafkaTopic({ kafka: settings })) as KafkaTopic
    const { next } = await topic.bounds()
    const found: string[][] = []
    for (const [share, end] of next.entries()) {
      const ids: string[] = []
      for (let offset = 0; offset < end; ) {
        const { records, next: on } = await topic.read(share, offset)
        for (const { key, value } of records) if (key !== undefined) ids.push(JSON.parse(value).id)
        offset = on
      }
      found.push(ids)
    }
    return found
  }

  it('sends nothing twice when the relay is killed between sending and noting it, and loses nothing', async () => {
    const posts = newPosts(10)
    const writer = await open()
    const child = spawnProcess(test.url, settings, { hangsAfterSending: true })
    await child.said('ready')
    await append(writer, ...upTo(200).map((n) => like(posts[n % 10] as PostId, n)))
    await child.said('sent')
    await child.kill()
    const heir = new Listener()
    await writer.subscribe(heir.as('g'))
    await append(writer, like(posts[0] as PostId, 200))
    await writer.drain()
    for (const [i, post] of posts.entries())
      expect(heir.of(post)).toEqual(upTo(201).filter((n) => n % 10 === i))
    const ids = (await topicIds()).flat()
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toHaveLength(201)
  })

  it('loses nothing and keeps the order of each key while processes are killed and others come', async () => {
    const posts = newPosts(20)
    const writer = await open()
    const told: { key: string; n: number }[] = []
    const spawned = () => spawnProcess(test.url, settings, { onTold: (event) => told.push(event) })
    let children = [spawned(), spawned()]
    let n = 0
    const write = async (times: number) => {
      for (const _ of upTo(times)) {
        await append(writer, ...posts.map((post) => like(post, n)))
        n++
      }
    }
    await Promise.all(children.map((child) => child.said('ready')))
    for (const _ of upTo(3)) {
      const [first, ...others] = children
      const writing = write(30)
      const before = told.length
      await eventually(() => told.length > before + 100)
      await first?.kill()
      children = [...others, spawned()]
      await writing
    }
    await eventually(() => new Set(told.map(({ key, n }) => key + n)).size === n * posts.length)
    await Promise.all(children.map((child) => child.kill()))
    for (const post of posts)
      expect(firsts(told.filter(({ key }) => key === post).map((event) => event.n))).toEqual(upTo(n))
  })

  it.each([
    ['is killed and starts again', () => kafka.kill(), () => kafka.start()],
    [
      'is frozen for longer than requests wait, and thaws',
      async () => kafka.freeze(),
      async () => kafka.thaw(),
    ],
  ])('writes go on while the broker %s; then all is told, in order', async (_, stop, start) => {
    const posts = newPosts(8)
    const [one, two] = [await open(), await open()]
    const listeners = [new Listener(), new Listener()]
    await one.subscribe((listeners[0] as Listener).as('g'))
    await two.subscribe((listeners[1] as Listener).as('g'))
    const heard = (post: PostId) => listeners.flatMap((listener) => listener.of(post))
    const write = (n: number) => append(one, ...posts.map((post) => like(post, n)))
    await write(0)
    await eventually(() => posts.every((post) => heard(post).length === 1))
    await stop()
    const stopped = performance.now()
    for (const n of upTo(20)) await write(1 + n)
    expect(performance.now() - stopped).toBeLessThan(3000)
    const backlog = await one.backlog()
    expect(backlog.find(({ group }) => group === 'kafka.relay')?.waiting).toBeGreaterThan(0)
    await pause(Math.max(0, 7500 - (performance.now() - stopped)))
    await start()
    await write(21)
    await eventually(() => posts.every((post) => heard(post).includes(21)))
    for (const post of posts) expect(firsts(heard(post))).toEqual(upTo(22))
  })

  it('moves shares to who joins and from who leaves, telling each event once and those of a key in order', async () => {
    const posts = newPosts(24)
    const told = new Map<string, number[]>(posts.map((post) => [post, []]))
    const inHand = new Set<string>()
    const listen = (log: EventLog) =>
      log.subscribe(
        new Listener(async (event) => {
          expect(inHand.has(event.key)).toBe(false)
          inHand.add(event.key)
          await pause(1)
          inHand.delete(event.key)
          told.get(event.key)?.push(Number(event.id))
        }).as('g'),
      )
    const logs = [await open(), await open(), await open()]
    const [writer] = logs as [LogWithOutbox]
    const subscriptions = [await listen(logs[0] as EventLog)]
    let n = 0
    const write = async () => {
      for (const _ of upTo(15)) await append(writer, ...posts.map((post) => like(post, n++)))
    }
    await write()
    subscriptions.push(await listen(logs[1] as EventLog), await listen(logs[2] as EventLog))
    await write()
    // The first one has the relay, too.
    await logs[0]?.[Symbol.asyncDispose]()
    await write()
    await subscriptions[1]?.[Symbol.asyncDispose]()
    await write()
    await logs[2]?.drain()
    for (const ids of told.values()) {
      expect(ids).toHaveLength(60)
      expect(ids).toEqual(ids.toSorted((a, b) => a - b))
      expect(new Set(ids).size).toBe(60)
    }
  })

  it('tells a new group all that the topic keeps, also what the outbox has no more', async () => {
    const posts = newPosts(5)
    const log = await open()
    await log.subscribe(new Listener().as('g'))
    await append(log, ...upTo(50).map((n) => like(posts[n % 5] as PostId, n)))
    await log.drain()
    await sql`delete from events`.execute(test.db.query)
    await append(log, ...upTo(50).map((n) => like(posts[n % 5] as PostId, 50 + n)))
    const late = new Listener()
    await log.subscribe(late.as('late'))
    await log.drain()
    for (const [i, post] of posts.entries())
      expect(late.of(post)).toEqual(upTo(100).filter((n) => n % 5 === i))
  })

  it.each([
    ['something follows', 20],
    ['nothing follows', 0],
  ])('tells a group from the outbox what the topic threw away while it was gone: %s', async (_, more) => {
    const posts = newPosts(4)
    const log = await open()
    const listener = new Listener()
    const write = (from: number, count: number) =>
      append(log, ...upTo(count).map((n) => like(posts[n % 4] as PostId, from + n)))
    const subscription = await log.subscribe(listener.as('g'))
    await log.subscribe(new Listener().as('other'))
    await write(0, 20)
    await log.drain()
    await subscription[Symbol.asyncDispose]()
    await write(20, 40)
    await log.drain()
    await dropRecords(settings)
    if (more > 0) await write(60, more)
    await log.subscribe(listener.as('g'))
    await log.drain()
    for (const [i, post] of posts.entries())
      expect(listener.of(post)).toEqual(upTo(60 + more).filter((n) => n % 4 === i))
  })

  it('goes on without a gap when the topic is thrown away, telling nothing twice', async () => {
    const posts = newPosts(5)
    const log = await open()
    const listener = new Listener()
    await log.subscribe(listener.as('g'))
    const write = (from: number) =>
      append(log, ...upTo(50).map((n) => like(posts[n % 5] as PostId, from + n)))
    await write(0)
    await log.drain()
    await using topic = (await openKafkaTopic({ kafka: settings })) as KafkaTopic
    await topic.renew()
    await write(50)
    await eventually(() => listener.heard.length >= 100)
    await write(100)
    await eventually(() => listener.heard.length >= 150)
    for (const [i, post] of posts.entries())
      expect(listener.of(post)).toEqual(upTo(150).filter((n) => n % 5 === i))
  })

  it('throws a topic away that knows more than the database, which was put back to an earlier time', async () => {
    const [post] = newPosts(1) as [PostId]
    await using topic = (await openKafkaTopic({ kafka: settings })) as KafkaTopic
    const before = await topic.id()
    const value = JSON.stringify({
      ...{ id: '1', type: 'post.liked', at: 0, payload: like(post, 7).payload, last: true },
      ...{ xid: 10 ** 12, window: [10 ** 12, 10 ** 12 + 1] },
    })
    await topic.append(upTo(SHARES).map((partition) => ({ partition, key: post, value })))
    const log = await open()
    const listener = new Listener()
    await append(log, like(post, 1))
    await log.subscribe(listener.as('g'))
    await eventually(() => listener.of(post).includes(1))
    await append(log, like(post, 2))
    await eventually(() => listener.of(post).includes(2))
    await using after = (await openKafkaTopic({ kafka: settings })) as KafkaTopic
    expect(await after.id()).not.toBe(before)
  })

  it('groups go on where they are when Kafka comes, and when it goes', async () => {
    const [post] = newPosts(1) as [PostId]
    const heard: number[] = []
    let n = 0
    for (const isOnKafka of [false, true, true, false, true]) {
      const log = isOnKafka ? await openLog(test.db, settings, quick) : await openPostgresLog(test.db, quick)
      const listener = new Listener()
      await append(log, like(post, n++))
      await log.subscribe(listener.as('g'))
      await append(log, like(post, n++))
      await log.drain()
      heard.push(...listener.of(post))
      await append(log, like(post, n++))
      await log[Symbol.asyncDispose]()
    }
    expect(heard).toEqual(upTo(n - 1).slice(0, heard.length))
    expect(heard.length).toBeGreaterThanOrEqual(n - 2)
  })

  it('says plainly what is wrong when it starts', async () => {
    const ready = (chosen: Partial<KafkaSettings>) => readyKafka({ kafka: { ...settings, ...chosen } })
    await expect(ready({ brokers: ['127.0.0.1:1'] })).rejects.toThrow(
      'KAFKA_BROKERS: nobody answers at 127.0.0.1:1',
    )
    await ready({})
  })
})

describe('event log on three brokers', () => {
  it('goes on when one of them is killed', async () => {
    await using kafka = await startKafka(3)
    await using test = await openTestDb()
    const settings = kafkaSettings(kafka, 'three')
    await readyKafka({ kafka: settings })
    await using log = await openLog(test.db, settings, quick)
    const listener = new Listener()
    await log.subscribe(listener.as('g'))
    const posts = newPosts(16)
    const write = (n: number) =>
      test.db.tx((tx) =>
        log.outbox.append(
          tx,
          posts.map((post) => like(post, n)),
        ),
      )
    for (const n of upTo(20)) await write(n)
    await kafka.kill(1)
    for (const n of upTo(20)) await write(20 + n)
    await eventually(() => posts.every((post) => listener.of(post).includes(39)))
    for (const post of posts) expect(firsts(listener.of(post))).toEqual(upTo(40))
  }, 120_000)
})

/** All that stands in the topic now, as retention would. */
async function dropRecords({ brokers, topic: name }: KafkaSettings): Promise<void> {
  const admin = new Admin({ clientId: 'tests', bootstrapBrokers: brokers })
  const partitions = upTo(SHARES).map((partition) => ({ partition, offset: -1n }))
  await admin.deleteRecords({ topics: [{ name, partitions }] })
  await admin.close()
}

/** Looks for longer than the suite does: engines that were away take their time. */
async function eventually(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 50_000
  while (!holds()) {
    if (performance.now() > deadline) throw new Error('what was waited for did not come about')
    await pause(10)
  }
}

interface SpawnedOptions {
  hangsAfterSending?: boolean
  onTold?: (event: { key: string; n: number }) => void
}

/** A process of its own that writes down what it is told. */
function spawnProcess(url: string, kafka: KafkaSettings, options: SpawnedOptions) {
  const script = `
    import { openPostgres } from '${new URL('../../db/postgres/db.ts', import.meta.url).href}'
    import { openLog } from '${new URL('./opened.suite.ts', import.meta.url).href}'
    import { numberOf } from '${new URL('../suite/scene.suite.ts', import.meta.url).href}'
    const onSent = ${options.hangsAfterSending === true} ? () => {
      console.log('sent')
      return new Promise(() => {})
    } : undefined
    const log = await openLog(openPostgres({ url: ${JSON.stringify(url)}, pool: 2 }), ${JSON.stringify(kafka)}, {}, onSent)
    const handle = async (event) => { console.log(event.key + ' ' + numberOf(event)) }
    await log.subscribe({ group: ${options.hangsAfterSending === true} ? 'other' : 'g', types: ['post.liked'], handle })
    console.log('ready')`
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return new Spawned(child, options.onTold)
}

class Spawned {
  readonly #child: ChildProcess
  readonly #lines: string[] = []
  #rest = ''

  constructor(child: ChildProcess, onTold: SpawnedOptions['onTold']) {
    this.#child = child
    child.stdout?.on('data', (chunk: Buffer) => {
      const lines = (this.#rest + chunk).split('\n')
      this.#rest = lines.pop() ?? ''
      this.#lines.push(...lines)
      for (const line of lines) {
        const [key = '', n] = line.split(' ')
        if (n !== undefined) onTold?.({ key, n: Number(n) })
      }
    })
  }

  said(line: string): Promise<void> {
    return eventually(() => this.#lines.includes(line))
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const gone = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await gone
  }
}
