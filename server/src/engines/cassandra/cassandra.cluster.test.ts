import type { ConversationId, PostId, UserId } from '@tintype/contract'
import { startCassandra, type TestCassandra } from '@tintype/testkit/cassandra'
import { openTestDb } from '@tintype/testkit/database'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { newId } from '../../kit/ids.ts'
import { openCassandraMessageStore } from '../message-store/cassandra/message-store.ts'
import { openPostgresMessageStore } from '../message-store/postgres/message-store.ts'
import { messageStoreSuite } from '../message-store/suite/message-store.suite.ts'
import { movingSuite } from '../message-store/suite/moving.suite.ts'
import { openCassandraTimelineStore } from '../timeline-store/cassandra/timeline-store.ts'
import { timelineSuite } from '../timeline-store/suite/timeline-store.suite.ts'
import { openCassandra } from './connection.ts'
import type { CassandraSettings } from './port.ts'
import { makeTables } from './schema.ts'

let node: TestCassandra
let settings: CassandraSettings
beforeAll(async () => {
  node = await startCassandra()
  const { contactPoint, dataCenter } = node
  settings = {
    contactPoints: [contactPoint],
    dataCenter,
    keyspace: 'tests',
    user: '',
    password: '',
    tls: false,
  }
  await makeTables(settings)
})
afterAll(() => node[Symbol.asyncDispose]())

timelineSuite('Cassandra', async () => {
  await using opened = new AsyncDisposableStack()
  const stack = opened.move()
  return {
    open: async () => openCassandraTimelineStore(stack.use(await openCassandra(settings))),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
})

/** `most`: messages of a bucket. */
const messages = (most: number) => async () => {
  await using opened = new AsyncDisposableStack()
  const stack = opened.move()
  return {
    open: async () => openCassandraMessageStore(stack.use(await openCassandra(settings)), { most }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}
messageStoreSuite('Cassandra', messages(4096))
messageStoreSuite('Cassandra, in buckets of four', messages(4))
movingSuite('between PostgreSQL and Cassandra', async () => {
  await using opened = new AsyncDisposableStack()
  const { db } = opened.use(await openTestDb({ pool: 8 }))
  const connection = opened.use(await openCassandra(settings))
  const stack = opened.move()
  return {
    db,
    stores: {
      postgres: openPostgresMessageStore(db),
      cassandra: openCassandraMessageStore(connection, { most: 4 }),
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
})

it('a copy that was cut at any point is whole when it is made again', async () => {
  await using connection = await openCassandra(settings)
  const talk = newId<ConversationId>()
  const source = openCassandraMessageStore(connection)
  for (let n = 0; n < 12; n++)
    await source.append({
      conversation_id: talk,
      sender_id: newId<UserId>(),
      client_message_id: `${n}`,
      content: { n },
      marks: {},
      at: 1,
    })
  const wanted = (await source.page(talk, { limit: 50 })).toReversed()
  for (let cutAt = 0, isCut = true; isCut; cutAt++) {
    isCut = false
    let writes = 0
    const write =
      <A extends unknown[], R>(work: (...of: A) => Promise<R>) =>
      async (...of: A): Promise<R> => {
        if (writes++ < cutAt) return work(...of)
        isCut = true
        throw new Error('cut')
      }
    const cut = { ...connection, decide: write(connection.decide), each: write(connection.each) }
    const copy = newId<ConversationId>()
    const copied = wanted.map((one) => ({ ...one, conversation_id: copy }))
    for (const through of [cut, connection]) {
      const store = openCassandraMessageStore(through, { most: 4 })
      const parts = [0, 4, 8].map((from) => copied.slice(from, from + 4))
      const putting = async () => {
        for (const part of parts) await store.put(copy, part, part.at(-1)?.message_id ?? null)
      }
      await putting().catch((error: Error) => expect(error.message).toBe('cut'))
    }
    const store = openCassandraMessageStore(connection, { most: 4 })
    expect((await store.page(copy, { limit: 50 })).toReversed()).toEqual(copied)
    for (const one of copied)
      expect(await store.find(copy, one.sender_id, one.client_message_id ?? '')).toEqual(one)
  }
})

it('makes its tables once, and says what is wrong with where they are to be', async () => {
  await makeTables(settings)
  await expect(makeTables({ ...settings, dataCenter: 'elsewhere' })).rejects.toThrow(
    /CASSANDRA_CONTACT_POINTS/,
  )
  await expect(makeTables({ ...settings, contactPoints: ['127.0.0.1:1'] })).rejects.toThrow(/ECONNREFUSED/)
})

it('a push right behind a removal stays, whichever process made either', async () => {
  await using one = await openCassandra(settings)
  await using two = await openCassandra(settings)
  const [first, second] = [openCassandraTimelineStore(one), openCassandraTimelineStore(two)]
  const entry = { post_id: newId<PostId>(), author_id: newId<UserId>() }
  const ana = newId<UserId>()
  for (let n = 0; n < 300; n++) {
    await first.remove(ana, { postIds: [entry.post_id] })
    await second.pushMany([ana], [entry])
    expect(await first.page(ana, { limit: 1 })).toEqual([entry])
  }
})

it('is unavailable while its node is down, within a limit, and goes on by itself with what it had', async () => {
  await using connection = await openCassandra(settings)
  const store = openCassandraTimelineStore(connection)
  const entry = { post_id: newId<PostId>(), author_id: newId<UserId>() }
  const ana = newId<UserId>()
  await store.pushMany([ana], [entry])
  await node.kill()
  await expect(store.page(ana, { limit: 1 })).rejects.toMatchObject({ code: 'unavailable' })
  await expect(store.pushMany([ana], [entry])).rejects.toMatchObject({ code: 'unavailable' })
  await node.start()
  await expect
    .poll(() => store.page(ana, { limit: 1 }).catch(() => undefined), { timeout: 60_000 })
    .toEqual([entry])
})
