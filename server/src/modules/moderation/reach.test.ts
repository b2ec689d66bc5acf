import { type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { act, code, report, runSchedules, staff, tiny } from './scene.suite.ts'

/** Over every way by which a member, or a thing of theirs, reaches others: what an act leaves of it, and that all is back when it is lifted. */
let system: TestSystem
let owner: Person
let mod: Person
beforeAll(async () => {
  system = await startSystem()
  ;[owner, mod] = await system.people('olga', 'mona')
  await staff(owner, { moderator: mod })
}, 60_000)
afterAll(() => system[Symbol.asyncDispose]())

interface Ways {
  profile: string
  post: string
  picture: number
  home: boolean
  explore: boolean
  hashtag: number
  search: { users: boolean; posts: boolean }
  suggested: boolean
  tray: boolean
  story: string
  comment: boolean
  thread: string
  notified: boolean
}
const all: Ways = {
  profile: 'fine',
  post: 'fine',
  picture: 200,
  home: true,
  explore: true,
  hashtag: 1,
  search: { users: true, posts: true },
  suggested: true,
  tray: true,
  story: 'fine',
  comment: true,
  thread: 'fine',
  notified: true,
}

/** Ana, whom a fan follows and a stranger does not, with a post, a story, a comment on each's post, and a thread with both. */
async function scene(name: string) {
  const [ana, fan, stranger] = await system.people(name, `${name}.fan`, `${name}.else`)
  await fan.follow(ana)
  const tag = name.replaceAll('.', '')
  const post = await ana.share({ caption: `#${tag} ${tag}word`, photos: [await tiny()] })
  const theirs = await Promise.all([fan, stranger].map(async (one) => one.share({ photos: [await tiny()] })))
  await system.settle()
  const story = await ana.story({ photo: await tiny() })
  await system.settle()
  for (const one of theirs) await ana.comment(one, 'hello')
  const threads = await Promise.all(
    [fan, stranger].map((one) => one.api.conversations.create({ body: { usernames: [name] } })),
  )
  await system.settle()
  const ways = async (at: 0 | 1): Promise<Ways> => {
    const viewer = [fan, stranger][at] as Person
    const q = (type: 'users' | 'posts', text: string) =>
      viewer.api.search.find({ query: { q: text, type } }).then(({ items }) => items)
    const found = await viewer.post(post.post_id).catch(() => undefined)
    const url = found?.media[0]?.url
    const own = { post_id: theirs[at]?.post_id as never }
    const [users, posts] = await Promise.all([q('users', name), q('posts', `${tag}word`)])
    return {
      profile: await code(viewer.profile(ana)),
      post: await code(viewer.post(post.post_id)),
      picture: url ? (await fetch(new URL(url, system.baseUrl))).status : 0,
      home: (await viewer.home()).includes(post.post_id),
      // Which of those whom one follows come up there, chance says.
      explore:
        viewer === stranger &&
        (await viewer.api.feed.explore({ query: { limit: 50 } })).items.some(
          (one) => one.post_id === post.post_id,
        ),
      hashtag: (await viewer.api.feed.hashtag({ params: { tag } })).items.length,
      search: {
        users: users.some((hit) => hit.type === 'user' && hit.user.username === name),
        posts: posts.length > 0,
      },
      suggested: (await viewer.api.members.suggested({ query: { limit: 30 } })).some(
        (one) => one.username === name,
      ),
      tray: (await viewer.tray()).some(({ user }) => user.username === name),
      story: await code(viewer.api.stories.get({ params: story })),
      comment: (await viewer.api.comments.list({ params: own })).items.length > 0,
      thread: await code(viewer.api.conversations.get({ params: threads[at] as never })),
      notified: (await viewer.notifications()).some((one) => one.type === 'comment'),
    }
  }
  return { ana, fan, stranger, post, story, ways }
}

const gone = {
  profile: 'not_found',
  post: 'not_found',
  picture: 0,
  home: false,
  explore: false,
  hashtag: 0,
  search: { users: false, posts: false },
  suggested: false,
  tray: false,
  story: 'not_found',
  comment: false,
  // What was said stays with the other.
  thread: 'fine',
  notified: false,
}

describe('who is', () => {
  it.each([
    ['suspended', 'suspend', gone, gone],
    [
      'silenced',
      'silence',
      {},
      {
        post: 'not_found',
        picture: 0,
        explore: false,
        hashtag: 0,
        search: { users: false, posts: false },
        suggested: false,
        tray: false,
        story: 'not_found',
        comment: false,
        notified: false,
      },
    ],
  ] as const)('%s', async (name, what, toFan, toStranger) => {
    const { ana, fan, ways } = await scene(`${name}.one`)
    const before = [await ways(0), await ways(1)] as const
    // A fan is suggested nobody whom they follow; a stranger has neither a home nor a tray of them.
    expect(before[0]).toEqual({ ...all, suggested: false, explore: false })
    expect(before[1]).toMatchObject({ ...all, home: false, tray: false, story: before[1].story })
    await report(fan, { kind: 'member', id: ana.id })
    await act(mod, { kind: 'member', id: ana.id }, what, { days: 3 })
    // At once, and for good.
    expect(await ways(0)).toEqual({ ...before[0], ...toFan })
    await system.settle()
    expect(await ways(0)).toEqual({ ...before[0], ...toFan })
    expect(await ways(1)).toEqual({ ...before[1], ...toStranger })
    const session = what === 'suspend' ? 'unauthorized' : 'fine'
    expect(await code(ana.api.members.me())).toBe(session)
    if (what === 'silence') expect((await ana.api.reports.status()).silenced).toBe(true)
    // It ends by itself.
    system.clock.advance(3 * 86_400_000 - 60_000)
    await runSchedules(system, ['moderation.ending'])
    for (const one of [mod, fan]) await one.logIn()
    expect((await mod.api.moderation.member({ params: { username: ana.username } })).acts[0]?.lifted_at).toBe(
      null,
    )
    system.clock.advance(60_000)
    await runSchedules(system, ['moderation.ending'])
    expect(await code(fan.profile(ana))).toBe('fine')
    expect((await mod.api.moderation.member({ params: { username: ana.username } })).suspended).toBe(false)
    await ana.logIn()
  })
})
