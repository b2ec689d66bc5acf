import { randomUUID } from 'node:crypto'
import type { Post, PostId } from '@tintype/contract'
import { Person, startSystem, type TestSystem } from '@tintype/testkit'
import { startCassandra, type TestCassandra } from '@tintype/testkit/cassandra'
import { startKafka, type TestKafka } from '@tintype/testkit/kafka'
import { startRedis, type TestRedis } from '@tintype/testkit/redis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readyCassandra } from './engines/cassandra/open.ts'

/** Two processes that answer and one that works, on real engines, which go away one after the other and all at once. */
let redis: TestRedis
let kafka: TestKafka
let cassandra: TestCassandra
let one: TestSystem
let two: TestSystem
let worker: TestSystem
let ana: Person
let ben: Person

beforeAll(async () => {
  ;[redis, kafka, cassandra] = await Promise.all([startRedis(), startKafka(), startCassandra()])
  const { contactPoint, dataCenter } = cassandra
  const keyspace = `t${randomUUID().replaceAll('-', '')}`
  const place = { keyspace, dataCenter, user: '', password: '', tls: false }
  await readyCassandra({ cassandra: { contactPoints: [contactPoint], ...place } })
  const env = {
    REDIS_URL: redis.url,
    KAFKA_BROKERS: kafka.brokers,
    KAFKA_TOPIC: keyspace,
    CASSANDRA_CONTACT_POINTS: contactPoint,
    CASSANDRA_DATA_CENTER: dataCenter,
    CASSANDRA_KEYSPACE: keyspace,
  }
  one = await startSystem({ env: { ...env, ROLES: 'api' } })
  two = await startSystem({ beside: one, env: { ...env, ROLES: 'api' } })
  worker = await startSystem({ beside: one, env: { ...env, ROLES: 'worker,scheduler' } })
  ;[ana, ben] = await one.people('ana', 'ben')
  await ben.follow(ana)
  await worker.settle()
}, 120_000)
afterAll(async () => {
  for (const system of [worker, two, one]) await system?.[Symbol.asyncDispose]()
  for (const engine of [redis, kafka, cassandra]) await engine?.[Symbol.asyncDispose]()
}, 60_000)

const back = { timeout: 60_000, interval: 250 }
/** What `/ready` says of whichever process. */
const ready = async ({ baseUrl }: TestSystem) => {
  const reply = await fetch(`${baseUrl}/ready`)
  return { code: reply.status, ...((await reply.json()) as { checks: Record<string, string> }) }
}
/** The same person at the other process. */
const at = ({ baseUrl }: TestSystem, { username, session }: Person) => new Person(baseUrl, username, session)
const published = async () => {
  const post = await ana.share()
  await worker.settle()
  return post
}
const port = () => redis.ports[0] ?? 0
const isHome = (post: Post) => async () =>
  (await ben.home().catch(() => [] as PostId[])).includes(post.post_id)

test.each(['killed', 'frozen'] as const)(
  'Redis %s: slower, never wrong, never open',
  async (how) => {
    const known = await published()
    const named = `Ana ${randomUUID().slice(0, 8)}`
    expect((await at(two, ben).profile(ana)).username).toBe(ana.username)
    if (how === 'killed') await redis.kill(port())
    else redis.freeze(port())
    await expect.poll(() => ready(one), back).toMatchObject({ code: 200, checks: { cache: 'failed' } })
    await ana.api.members.update({ body: { full_name: named } })
    // Here at once; in others as soon as they know that they hear nothing.
    expect((await ben.profile(ana)).full_name).toBe(named)
    await expect.poll(async () => (await at(two, ben).profile(ana)).full_name, back).toBe(named)
    await ben.like(known)
    // A second for each question would be ten.
    const began = performance.now()
    for (let n = 0; n < 10; n++) await ben.profile(ana)
    expect(performance.now() - began).toBeLessThan(4000)
    if (how === 'killed') await redis.start(port())
    else redis.thaw(port())
    await expect.poll(() => ready(one), back).toMatchObject({ code: 200, checks: { cache: 'ok' } })
    for (const system of [one, two]) expect((await at(system, ben).profile(ana)).full_name).toBe(named)
    await worker.settle()
    expect((await at(two, ben).post(known.post_id)).likes_count).toBe(1)
  },
  120_000,
)

test('Kafka away: what is said stands, and is handled when it is back', async () => {
  const known = await published()
  await kafka.kill()
  const post = await ana.share()
  await ben.like(known)
  expect(await ready(one)).toMatchObject({ code: 200, checks: { database: 'ok' } })
  expect((await ben.post(known.post_id)).viewer.liked).toBe(true)
  await kafka.start()
  await expect.poll(isHome(post), back).toBe(true)
  await worker.settle()
  expect((await ana.post(known.post_id)).likes_count).toBe(1)
  expect(await worker.engines.events.deadLetters()).toEqual([])
}, 120_000)

test('Cassandra away: home feeds say so at once, all else goes on, and what was posted comes', async () => {
  const known = await published()
  await cassandra.kill()
  const post = await ana.share()
  await expect(ben.home()).rejects.toMatchObject({ code: 'unavailable' })
  for (let n = 0; n < 5; n++) await ben.home().catch(() => {})
  const began = performance.now()
  await expect(ben.home()).rejects.toMatchObject({ code: 'unavailable' })
  expect(performance.now() - began).toBeLessThan(1000)
  expect(await ready(one)).toMatchObject({ code: 200, checks: { database: 'ok', timelines: 'failed' } })
  await ben.like(known)
  await cassandra.start()
  await expect.poll(isHome(post), back).toBe(true)
  await worker.settle()
  expect((await ana.post(known.post_id)).likes_count).toBe(1)
}, 120_000)

test('Cassandra away: who writes a message is told so at once, and nothing is lost or doubled', async () => {
  const { conversation_id } = await ben.api.conversations.create({ body: { usernames: [ana.username] } })
  const say = (text: string, client_message_id = randomUUID()) =>
    ben.api.messages.send({ params: { conversation_id }, body: { client_message_id, text } })
  const said = async (who: Person) =>
    (await who.api.messages.list({ params: { conversation_id } })).items.map((message) => message.body)
  await say('before')
  const acknowledged = ['before']
  const asked = randomUUID()
  let isOver = false
  // Somebody writes all the time; what is not acknowledged they say again, under the same name.
  const writing = (async () => {
    for (let n = 0; !isOver; n++) {
      const name = randomUUID()
      while (!(await say(`${n}`, name).catch(() => undefined))) await new Promise((go) => setTimeout(go, 50))
      acknowledged.push(`${n}`)
    }
  })()
  await expect.poll(() => acknowledged.length, back).toBeGreaterThan(5)
  await cassandra.kill()
  await expect(at(two, ben).api.messages.list({ params: { conversation_id } })).rejects.toMatchObject({
    code: 'unavailable',
  })
  await expect(
    at(two, ana).api.messages.send({
      params: { conversation_id },
      body: { client_message_id: asked, text: 'while it is away' },
    }),
  ).rejects.toMatchObject({ code: 'unavailable' })
  expect(await ready(two)).toMatchObject({ code: 200, checks: { database: 'ok', messages: 'failed' } })
  await cassandra.start()
  const many = acknowledged.length
  await expect.poll(() => acknowledged.length, back).toBeGreaterThan(many + 5)
  isOver = true
  await writing
  await worker.settle()
  const kept = (await said(ana)).toReversed().filter((text) => text !== 'while it is away')
  expect(kept).toEqual(acknowledged.slice(-kept.length))
  await at(two, ana).api.messages.send({
    params: { conversation_id },
    body: { client_message_id: asked, text: 'while it is away' },
  })
  expect((await said(ben)).filter((text) => text === 'while it is away')).toHaveLength(1)
  expect(await worker.engines.events.deadLetters()).toEqual([])
}, 120_000)

test('all of them away at once: members sign up, post and like; messages say so, and nothing is lost', async () => {
  const known = await published()
  const [cleo] = await two.people('cleo')
  const { conversation_id } = await cleo.api.conversations.create({ body: { usernames: [ana.username] } })
  await Promise.all([redis.kill(port()), kafka.kill(), cassandra.kill()])
  await one.people('dora')
  await cleo.follow(ana)
  const post = await ana.share()
  await cleo.like(known)
  const body = { client_message_id: randomUUID(), text: 'Are you there?' }
  const write = () => cleo.api.messages.send({ params: { conversation_id }, body })
  await expect(write()).rejects.toMatchObject({ code: 'unavailable' })
  for (const system of [one, two]) expect((await ready(system)).code).toBe(200)
  await Promise.all([redis.start(port()), kafka.start(), cassandra.start()])
  await expect.poll(isHome(post), back).toBe(true)
  await expect.poll(() => write().catch(() => undefined), back).toMatchObject({ body: 'Are you there?' })
  await write()
  await worker.settle()
  const { items } = await ana.api.messages.list({ params: { conversation_id } })
  expect(items.map((message) => message.body)).toEqual(['Are you there?'])
  expect((await ana.post(known.post_id)).likes_count).toBe(1)
  expect((await ana.notifications()).map(({ type }) => type)).toContain('like')
  expect(await worker.engines.events.deadLetters()).toEqual([])
}, 180_000)
