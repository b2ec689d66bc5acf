import { Person, startSystem, type TestSystem } from '@tintype/testkit'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'

let system: TestSystem
beforeAll(async () => {
  system = await startSystem()
  await system.people('first')
})
afterAll(() => system[Symbol.asyncDispose]())

const DAY = 86_400_000
const code = (work: Promise<unknown>) =>
  work.then(
    () => 'fine',
    (error) => error.code,
  )

/** A member with a post, whom another follows, likes and answers; and what that other sees of them. */
async function scene(name: string) {
  const [ana, ben] = await system.people(name, `${name}.fan`)
  await ben.follow(ana)
  const post = await ana.share({ caption: `#${name}tag` })
  const own = await ben.share()
  await system.settle()
  await ana.like(own)
  await ana.comment(own, 'lovely')
  await system.settle()
  const [media] = (await ben.post(post.post_id)).media
  const picture = new URL(media?.url ?? '', system.baseUrl)
  const params = { username: name }
  const listed = (page: { items: { username?: string; user?: { username: string } }[] }) =>
    page.items.some((item) => (item.username ?? item.user?.username) === name)
  const seen = async () => ({
    profile: await code(ben.profile(ana)),
    visitor: await code(system.visitor().api.members.profile({ params })),
    post: await code(ben.post(post.post_id)),
    picture: (await fetch(picture)).status,
    home: (await ben.home()).includes(post.post_id),
    tag: (await ben.api.feed.hashtag({ params: { tag: `${name}tag` } })).items.length,
    found: (await ben.api.search.find({ query: { q: name, type: 'users' } })).items.some(
      (hit) => hit.type === 'user' && hit.user.username === name,
    ),
    follows: listed(await ben.api.graph.following({ params: { username: ben.username } })),
    likes: listed(await ben.api.engagement.likes({ params: own })),
    comments: listed(await ben.api.comments.list({ params: own })),
    follow: await code(ben.follow(ana)),
    like: await code(ben.like(post)),
  })
  return { ana, ben, post, seen }
}

const away = {
  profile: 'not_found',
  visitor: 'not_found',
  post: 'not_found',
  picture: 404,
  home: false,
  tag: 0,
  found: false,
  follows: false,
  likes: false,
  comments: false,
  follow: 'not_found',
  like: 'not_found',
}

it('who deactivates their account is as if they did not exist, and back with all of it once they log in', async () => {
  const { ana, seen } = await scene('ana')
  const before = await seen()
  expect(before).toMatchObject({ profile: 'fine', home: true, tag: 1, found: true, comments: true })
  await ana.api.accounts.deactivate()
  expect(await seen()).toEqual(away)
  expect(await code(ana.api.members.me())).toBe('unauthorized')
  await system.settle()
  expect(await seen()).toEqual(away)
  // The name is still theirs.
  expect(
    await code(
      Person.register(system.baseUrl, 'ana').then(({ username }) => Promise.reject({ code: username })),
    ),
  ).toBe('ana.again')
  expect(await code(system.visitor().api.accounts.login({ body: { login: 'ana', password: 'wrong' } }))).toBe(
    'credentials_wrong',
  )
  expect(await seen()).toEqual(away)
  await ana.logIn()
  await system.settle()
  // Addresses of pictures that were given out before lead nowhere; new ones do.
  expect(await seen()).toEqual({ ...before, picture: expect.any(Number) })
})

it('who deletes their account can change their mind until the time is over, and then all of it is gone', async () => {
  const [first] = await system.people('boss')
  const { query } = system.engines.db
  await sql`update instance set deletion_days = 30`.execute(query)
  const leaving = async () => {
    for (const { name, run } of system.system.schedules)
      if (name === 'accounts.leaving') await run(new AbortController().signal)
    await system.settle()
  }
  const { ana: cai, seen } = await scene('cai')
  const { gone_at } = await cai.api.accounts.delete()
  expect(Date.parse(gone_at)).toBe(system.clock.now() + 30 * DAY)
  expect(await seen()).toEqual(away)
  system.clock.advance(30 * DAY - 1)
  await leaving()
  await cai.logIn()
  const visit = () => code(system.visitor().api.members.profile({ params: { username: 'cai' } }))
  expect(await visit()).toBe('fine')
  // What was once taken back is not due any more.
  system.clock.advance(2)
  await leaving()
  expect(await visit()).toBe('fine')
  await cai.logIn()
  await cai.api.accounts.delete()
  system.clock.advance(30 * DAY)
  // Too late, though nobody has been round yet.
  expect(await code(cai.logIn())).toBe('credentials_wrong')
  await leaving()
  expect(await code(cai.logIn())).toBe('credentials_wrong')
  const { rows } = await sql<{ email: string }>`
    select email from users where user_id = ${cai.id} and deleted_at is not null`.execute(query)
  expect(rows).toEqual([{ email: '' }])
  expect((await Person.register(system.baseUrl, 'cai')).username).toBe('cai')
  await sql`update instance set deletion_days = 0`.execute(query)
  await first.logIn()
  await first.leave()
  expect(await code(first.logIn())).toBe('credentials_wrong')
})
