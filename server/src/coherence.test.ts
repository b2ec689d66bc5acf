import { closeCodes, type Post, type Profile, TintypeError } from '@tintype/contract'
import { Person, photo, startSystem, type TestSystem } from '@tintype/testkit'
import { withinASecond } from '@tintype/testkit/deadline'
import { openSql, type Sql } from '@tintype/testkit/sql'
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest'

/**
 * Two processes on one database: whatever is done through one is seen by reads through the other within a second, however warm
 * the other's caches are. Every case warms both, acts through the first and reads through the second.
 */
let first: TestSystem
let second: TestSystem
let sql: Sql
/** The backends through which the second process hears of what others do. */
let ears: number[]
let owner: Person

beforeAll(async () => {
  first = await startSystem()
  sql = openSql(first.system.config.databaseUrl, { max: 1 })
  const before = await listeners()
  second = await startSystem({ beside: first })
  ears = (await listeners()).filter((pid) => !before.includes(pid))
  ;[owner] = await first.people('first.member')
})
afterAll(async () => {
  await second[Symbol.asyncDispose]()
  await sql.end()
  await first[Symbol.asyncDispose]()
})

async function listeners(): Promise<number[]> {
  const rows = await sql`
    select pid from pg_stat_activity where datname = current_database() and application_name = 'tintype listener'`
  return rows.map((row) => row.pid)
}

/** The same member, who talks to the second process. */
const elsewhere = (person: Person) => new Person(second.baseUrl, person.username, person.session)
const everywhere = () => Promise.all([first.settle(), second.settle()])

/** What a read answers; a refusal is its code. */
async function answerOf<T>(read: () => Promise<T>): Promise<T | string> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof TintypeError) return error.code
    throw error
  }
}

/** Warms, acts, and sees the answer change to what is wanted within a second of the act's own answer. */
async function becomes(read: () => Promise<unknown>, act: () => Promise<unknown>, wanted: unknown) {
  for (let n = 0; n < 3; n++) await answerOf(read)
  expect(await answerOf(read)).not.toEqual(wanted)
  await act()
  await vi.waitFor(async () => expect(await answerOf(read)).toEqual(wanted), withinASecond())
}

let round = 0
/** Ana, whom Ben follows, and Cleo, whom nobody does; with a post of Ana’s that all of them have seen through both. */
async function scene() {
  round += 1
  const [ana, ben, cleo] = await first.people(`ana.${round}`, `ben.${round}`, `cleo.${round}`)
  await ben.follow(ana)
  const post = await ana.share({ caption: `by #ana${round}`, photos: [await tiny()] })
  await everywhere()
  const there = { ana: elsewhere(ana), ben: elsewhere(ben), cleo: elsewhere(cleo) }
  for (const person of [ana, ben, cleo, there.ana, there.ben, there.cleo]) {
    await person.post(post.post_id)
    await person.home()
    await person.profile(ana)
  }
  return { ana, ben, cleo, post, there }
}
const tiny = () => photo(1, { width: 32, height: 32, format: 'png' })

const counts = ({ likes_count, comments_count }: Post) => [likes_count, comments_count]
const flags = ({ viewer }: Post) => [viewer.liked, viewer.saved]
const head = ({ followers_count, posts_count, viewer }: Profile) => [
  followers_count,
  posts_count,
  viewer?.following,
]
const of = ({ username }: Person) => ({ params: { username } })

describe('what one does is seen through the other process', () => {
  test('a like, and taking it back, by oneself and by others', async () => {
    const { ben, post, there } = await scene()
    const own = async () => flags(await there.ben.post(post.post_id))
    const counted = async () => counts(await there.cleo.post(post.post_id))
    await becomes(own, () => ben.like(post), [true, false])
    await vi.waitFor(async () => expect(await counted()).toEqual([1, 0]), withinASecond())
    await becomes(own, () => ben.unlike(post), [false, false])
    await vi.waitFor(async () => expect(await counted()).toEqual([0, 0]), withinASecond())
    await becomes(counted, () => ben.like(post), [1, 0])
  })

  test('saving', async () => {
    const { ben, post, there } = await scene()
    const saved = async () => [
      ...flags(await there.ben.post(post.post_id)),
      (await there.ben.api.feed.saved()).items.length,
    ]
    await becomes(saved, () => ben.save(post), [false, true, 1])
    await becomes(saved, () => ben.api.engagement.unsave({ params: post }), [false, false, 0])
  })

  test('comments and whether there may be any', async () => {
    const { ana, ben, post, there } = await scene()
    const read = async () => [
      ...counts(await there.cleo.post(post.post_id)),
      (await there.cleo.api.comments.list({ params: post })).items.map((comment) => comment.text).join(),
    ]
    await becomes(read, () => ben.comment(post, 'hello'), [0, 1, 'hello'])
    const [comment] = (await ben.api.comments.list({ params: post })).items
    const params = { comment_id: comment?.comment_id ?? ('' as never) }
    await becomes(read, () => ben.api.comments.delete({ params }), [0, 0, ''])
    const enabled = async () => (await there.cleo.post(post.post_id)).comments_enabled
    await becomes(
      enabled,
      () => ana.api.posts.edit({ params: post, body: { comments_enabled: false } }),
      false,
    )
    expect(await answerOf(() => there.ben.comment(post, 'more'))).toBe('comments_off')
  })

  test('a new post, its edit and its deletion', async () => {
    const { ana, post, there } = await scene()
    const home = async () => (await there.ben.api.feed.home()).items.map((shown) => shown.caption)
    const caption = `by #ana${round}`
    const body = { caption: 'edited' }
    await becomes(home, () => ana.api.posts.edit({ params: post, body }), ['edited'])
    const tagged = async () =>
      (await there.cleo.api.feed.hashtag({ params: { tag: `ana${round}` } })).items.length
    expect(await tagged()).toBe(0)
    const publish = async () => {
      await ana.share({ caption, photos: [await tiny()] })
      await everywhere()
    }
    await becomes(home, publish, [caption, 'edited'])
    expect(await tagged()).toBe(1)
    await becomes(home, () => ana.delete(post), [caption])
    expect(await answerOf(() => there.cleo.post(post.post_id))).toBe('not_found')
    await vi.waitFor(async () => expect(head(await there.ben.profile(ana))).toEqual([1, 1, true]))
  })

  test('following and unfollowing', async () => {
    const { ana, cleo, post, there } = await scene()
    const read = async () => [
      await there.cleo.home(),
      (await there.cleo.post(post.post_id)).viewer.following,
      ...head(await there.cleo.profile(ana)),
    ]
    const nothing = [[], false, 1, 1, false]
    await becomes(read, () => cleo.follow(ana), [[post.post_id], true, 2, 1, true])
    await becomes(read, () => cleo.unfollow(ana), nothing)
    await becomes(read, () => cleo.follow(ana), [[post.post_id], true, 2, 1, true])
    await becomes(read, () => ana.api.graph.removeFollower(of(cleo)), nothing)
  })

  test('a mute', async () => {
    const { ana, ben, post, there } = await scene()
    await becomes(
      () => there.ben.home(),
      () => ben.api.graph.mute(of(ana)),
      [],
    )
    await becomes(
      () => there.ben.home(),
      () => ben.api.graph.unmute(of(ana)),
      [post.post_id],
    )
  })

  test('a block, for both', async () => {
    const { ana, ben, post, there } = await scene()
    const seen = async () => [
      await answerOf(() => there.ben.home()),
      await answerOf(async () => (await there.ben.post(post.post_id)).caption),
      await answerOf(async () => (await there.ben.profile(ana)).full_name),
      await answerOf(async () => (await there.ana.profile(ben)).can_view_content),
    ]
    await becomes(seen, () => ana.block(ben), [[], 'not_found', 'not_found', false])
    const unblocked = [[], post.caption, ana.username, true]
    await becomes(seen, () => ana.api.graph.unblock(of(ben)), unblocked)
  })

  test('going private and public, old picture links included', async () => {
    const { ana, post, there } = await scene()
    const [media] = (await there.cleo.post(post.post_id)).media
    const link = async () => (await fetch(new URL(media?.url ?? '', second.baseUrl))).status
    const read = async () => [
      await answerOf(async () => (await there.cleo.post(post.post_id)).caption),
      (await there.cleo.profile(ana)).can_view_content,
      (await there.ben.post(post.post_id)).user.is_private,
      await link(),
    ]
    await becomes(read, () => ana.goPrivate(), ['not_found', false, true, 404])
    await becomes(read, () => ana.goPublic(), [post.caption, true, false, 404])
  })

  test('an accepted request', async () => {
    const { ana, cleo, post, there } = await scene()
    await ana.goPrivate()
    await cleo.follow(ana)
    await everywhere()
    const read = () =>
      answerOf(async () => [(await there.cleo.post(post.post_id)).caption, await there.cleo.home()])
    await becomes(read, () => ana.accept(cleo), [post.caption, [post.post_id]])
  })

  test('a rename', async () => {
    const { ana, post, there } = await scene()
    const username = `${ana.username}.new`
    const read = async () => [
      (await there.ben.post(post.post_id)).user.username,
      await answerOf(async () => (await there.ben.profile(ana)).username),
      await answerOf(async () => (await there.ben.api.members.profile({ params: { username } })).username),
    ]
    const rename = () => ana.api.members.update({ body: { username, full_name: 'Ana' } })
    await becomes(read, rename, [username, username, username])
    expect((await there.ben.api.graph.followers({ params: { username } })).items).toHaveLength(1)
  })

  test('a new avatar, and its removal', async () => {
    const { ana, post, there } = await scene()
    const hasPicture = async () => {
      const beside = (await there.ben.post(post.post_id)).user.profile_picture
      const { profile_picture } = await there.ben.profile(ana)
      expect(beside).toBe(profile_picture)
      return profile_picture !== null
    }
    const [avatar_upload_id] = await ana.upload([await photo(2, { width: 200, height: 200 })])
    const change = async () => {
      await ana.api.members.update({ body: { avatar_upload_id } })
      await everywhere()
    }
    await becomes(hasPicture, change, true)
    await becomes(hasPicture, () => ana.api.members.update({ body: { avatar_upload_id: null } }), false)
  })

  test('the end of sessions', async () => {
    const { ana, ben, there } = await scene()
    const other = new Person(first.baseUrl, ben.username)
    await other.logIn()
    const otherThere = elsewhere(other)
    const username = async () => (await otherThere.api.members.me()).username
    const { session_id = '' as never } =
      (await other.api.accounts.sessions()).find((session) => session.current) ?? {}
    await becomes(username, () => ben.api.accounts.revokeSession({ params: { session_id } }), 'unauthorized')
    await becomes(
      async () => (await there.ben.api.members.me()).username,
      () => ben.api.accounts.logout(),
      'unauthorized',
    )
    const _body = { password: Person.password }
    await becomes(
      async () => (await there.ana.api.members.me()).username,
      () => ana.leave(),
      'unauthorized',
    )
  })

  test('the end of an account', async () => {
    const { ana, post, there } = await scene()
    const read = async () => [
      await there.ben.home(),
      await answerOf(() => there.ben.post(post.post_id)),
      await answerOf(() => there.ben.profile(ana)),
    ]
    const _body = { password: Person.password }
    await becomes(read, () => ana.leave(), [[], 'not_found', 'not_found'])
  })

  test('what the community is called', async () => {
    const { there } = await scene()
    const body = { name: `Club ${round}` }
    await becomes(
      async () => (await there.ben.api.community.get()).name,
      () => owner.api.community.update({ body }),
      body.name,
    )
  })
})

test('a process that reads all the time never goes back to what was before', async () => {
  const { ana, ben, post, there } = await scene()
  await ana.api.posts.edit({ params: post, body: { caption: '0' } })
  let shown = 0
  let isOver = false
  const number = async () => Number((await there.ben.api.feed.home()).items[0]?.caption)
  const isLiked = async () => (await there.ben.post(post.post_id)).viewer.liked
  // The edit takes its moment to arrive; from then on nothing older may be seen.
  await vi.waitFor(async () => expect(await number()).toBe(0), withinASecond())
  const reader = async () => {
    while (!isOver) {
      const atLeast = shown
      expect(await number()).toBeGreaterThanOrEqual(atLeast)
      for (const kind of ['post', 'card'])
        await second.engines.cache.derived(kind, { ttl: 0 }).del([post.post_id])
    }
  }
  const readers = Promise.all([reader(), reader()])
  for (let n = 1; n <= 12; n++) {
    const isOdd = n % 2 === 1
    await ana.api.posts.edit({ params: post, body: { caption: String(n) } })
    await (isOdd ? ben.like(post) : ben.unlike(post))
    await vi.waitFor(
      async () => expect([await number(), await isLiked()]).toEqual([n, isOdd]),
      withinASecond(),
    )
    shown = n
  }
  isOver = true
  await readers
})

test('what nobody could tell the caches of, as after a crash, they hear with the events', async () => {
  const { ana, ben, cleo, post } = await scene()
  const { cache, outbox } = first.engines
  outbox.onCommitted(async () => {})
  await ana.api.posts.edit({ params: post, body: { caption: 'edited' } })
  await ben.like(post)
  await ben.api.graph.mute(of(ana))
  await cleo.api.members.update({ body: { full_name: 'Cleo Ng' } })
  outbox.onCommitted((facts) => cache.hear(facts))
  await everywhere()
  expect(await ben.post(post.post_id)).toMatchObject({
    caption: 'edited',
    likes_count: 1,
    viewer: { liked: true },
  })
  expect(await ben.home()).toEqual([])
  expect((await ben.profile(cleo)).full_name).toBe('Cleo Ng')
})

// Where Redis carries the news, the suite of broadcast cuts it there.
describe.skipIf(inject('clusterEngines'))('a process that lost touch', () => {
  const deafen = async () => {
    expect(ears.length).toBeGreaterThan(0)
    const before = await listeners()
    for (const pid of ears) await sql`select pg_terminate_backend(${pid})`
    return async () => {
      const fresh = (await listeners()).filter((pid) => !before.includes(pid))
      expect(fresh.length).toBeGreaterThan(0)
      ears = fresh
    }
  }

  test('drops all that it held', async () => {
    const heldBy = ({ engines }: typeof first) => engines.cache.derived<string, string>('held', { ttl: 600 })
    await heldBy(second).set('it', 'before')
    await heldBy(first).set('it', 'before')
    const hearsAgain = await deafen()
    await vi.waitFor(async () => expect(await heldBy(second).get('it')).toBeUndefined(), {
      timeout: 5000,
      interval: 2,
    })
    await hearsAgain()
    expect(await heldBy(first).get('it')).toBe('before')
  })

  test('is right again within a second of its return', async () => {
    const { ana, ben, cleo, post, there } = await scene()
    const read = async () => [
      await there.ben.home(),
      flags(await there.ben.post(post.post_id)),
      await answerOf(async () => (await there.cleo.api.members.me()).username),
    ]
    const act = async () => {
      const hearsAgain = await deafen()
      await Promise.all([ben.like(post), ben.api.graph.mute(of(ana)), cleo.api.accounts.logout()])
      await vi.waitFor(hearsAgain, { timeout: 5000, interval: 2 })
    }
    const token = cleo.session.access_token
    const socket = new WebSocket(
      `${second.baseUrl.replace('http', 'ws')}/api/v1/realtime?access_token=${token}`,
    )
    let closedWith: number | undefined
    socket.addEventListener('close', ({ code }) => {
      closedWith = code
    })
    await new Promise((resolve) => socket.addEventListener('message', resolve, { once: true }))
    await becomes(read, act, [[], [true, false], 'unauthorized'])
    // Long before it would be asked for a sign of life.
    await vi.waitFor(() => expect(closedWith).toBe(closeCodes.unauthenticated.code))
  })
})
