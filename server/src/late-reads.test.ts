import { Person, photo, startSystem, type TestSystem } from '@tintype/testkit'
import { startReplica, type TestReplica } from '@tintype/testkit/replica'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** Two processes of one community, whose reads may be a replica’s; it is held back while something happens. */
let pair: TestReplica
let one: TestSystem
let two: TestSystem
beforeAll(async () => {
  pair = await startReplica()
  const env = {
    DATABASE_URL: pair.url,
    DATABASE_REPLICA_URLS: pair.replicaUrl,
    DATABASE_REPLICA_LAG_MS: '60000',
  }
  one = await startSystem({ env })
  two = await startSystem({ env, beside: one })
})
afterAll(async () => {
  await two[Symbol.asyncDispose]()
  await one[Symbol.asyncDispose]()
  await pair[Symbol.asyncDispose]()
})

const ask = (system: TestSystem, path: string, headers: Record<string, string>, body?: object) =>
  fetch(`${system.baseUrl}/api/v1/${path}`, {
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  })
const bearer = (person: Person) => ({ authorization: `Bearer ${person.session.access_token}` })
const textsOf = async (reply: Response) =>
  ((await reply.json()) as { data: { text: string }[] }).data.map(({ text }) => text)
/** Everything that is committed is there, and both processes know it. */
const level = async () => {
  await one.settle()
  const position = await one.engines.db.position()
  for (const { engines } of [one, two])
    await expect
      .poll(
        () =>
          engines.db.lately({ key: 'a', positions: [position] }, () =>
            engines.db.replica
              .selectNoFrom(({ fn }) => fn<boolean>('pg_is_in_recovery', []).as('is'))
              .executeTakeFirst(),
          ),
        { timeout: 20_000 },
      )
      .toEqual({ is: true })
}

test('a writer sees what they wrote in every process, others may be late, and who was blocked sees nothing', async () => {
  const [ana, ben, carla] = await one.people('ana', 'ben', 'carla')
  const post = await ana.share({ caption: 'fog', photos: [await photo(1, { width: 16, height: 16 })] })
  await one.settle()
  const comments = `posts/${post.post_id}/comments`
  await ask(one, comments, bearer(ben), { text: 'first' })
  await level()
  await pair.pause()
  try {
    const said = await ask(one, comments, bearer(ben), { text: 'second' })
    expect(said.status).toBe(201)
    const position = said.headers.get('tintype-position') ?? ''
    expect(position).toMatch(/^[\dA-F]+\/[\dA-F]+$/)
    expect(await (await fetch(`${one.baseUrl}/metrics`)).text()).toMatch(
      /tintype_replica_lag_seconds\{replica="0"\} \d/,
    )
    // Here by themself, there by what they were told.
    expect(await textsOf(await ask(one, comments, bearer(ben)))).toEqual(['first', 'second'])
    const told = { ...bearer(ben), 'tintype-position': position }
    expect(await textsOf(await ask(two, comments, told))).toEqual(['first', 'second'])
    expect(await textsOf(await ask(two, comments, bearer(carla)))).toEqual(['first'])

    await ana.block(carla)
    for (const system of [one, two])
      await expect.poll(async () => (await ask(system, comments, bearer(carla))).status).toBe(404)
    // What was withdrawn is read late by nobody, and neither is what came before it.
    for (const system of [one, two])
      await expect.poll(async () => textsOf(await ask(system, comments, {}))).toEqual(['first', 'second'])
  } finally {
    await pair.resume()
  }
  await level()
})

test('a reply never stands without what it answers, and a browser brings along where it wrote', async () => {
  const [dora] = await one.people('dora', 'emil')
  const post = await dora.share({ caption: 'fog', photos: [await photo(2, { width: 16, height: 16 })] })
  await level()
  await pair.pause()
  try {
    const headers = { 'x-tintype-session': 'cookie', 'content-type': 'application/json' }
    const body = JSON.stringify({ login: 'emil', password: Person.password })
    const entered = await fetch(`${one.baseUrl}/api/v1/users/login`, { method: 'POST', headers, body })
    const jar = new Map<string, string>()
    const keep = (reply: Response) => {
      for (const line of reply.headers.getSetCookie()) {
        const [pairOf = ''] = line.split(';')
        const at = pairOf.indexOf('=')
        jar.set(pairOf.slice(0, at), pairOf.slice(at + 1))
      }
    }
    const cookies = () => ({
      cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
      'x-tintype-csrf': '1',
      origin: one.baseUrl,
    })
    keep(entered)
    const parent = await dora.comment(post, 'question')
    const comments = `posts/${post.post_id}/comments`
    const said = await ask(one, comments, cookies(), {
      text: 'answer',
      parent_comment_id: parent.comment_id,
    })
    expect(said.status).toBe(201)
    keep(said)
    expect([...jar.keys()]).toContain('tintype_position')
    const there = cookies()
    expect(await textsOf(await ask(two, comments, there))).toEqual(['question'])
    const replies = `comments/${parent.comment_id}/replies`
    expect(await textsOf(await ask(two, replies, there))).toEqual(['answer'])
    // Who is late has neither.
    expect(await textsOf(await ask(two, comments, {}))).toEqual([])
  } finally {
    await pair.resume()
  }
})

test('writes, and what nobody asked for, read of the primary', async () => {
  const [fritz, gerda] = await one.people('fritz', 'gerda')
  await level()
  await pair.pause()
  try {
    await gerda.follow(fritz)
    await one.settle()
    const { items } = await gerda.api.graph.following({ params: { username: 'gerda' } })
    expect(items.map(({ username }) => username)).toEqual(['fritz'])
    expect((await gerda.profile(fritz)).followers_count).toBe(1)
  } finally {
    await pair.resume()
  }
})
