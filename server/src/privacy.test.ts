import {
  type Operation,
  operations,
  TintypeError,
  type TopicKind,
  type TopicName,
  type UserId,
} from '@tintype/contract'
import { Live, type Person, startSystem, type TestSystem, webApp } from '@tintype/testkit'
import { shortClip } from '@tintype/testkit/media/reels'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { strangerOf, type Viewer, visibility } from './access/visibility.ts'
import { liveBy, liveNowProbe, liveProbes } from './modules/live/privacy.suite.ts'
import { joinable, type Talk, talking, talkProbes } from './modules/messages/privacy.suite.ts'
import { isSuggested, placeProbes } from './modules/places/privacy.suite.ts'
import { reelFeedProbe, reelProbes } from './modules/reels/privacy.suite.ts'
import { isCounted, repostProbes } from './modules/reposts/privacy.suite.ts'
import { isFound } from './modules/search/privacy.suite.ts'
import { ownOrNobodys, page } from './privacy.suite.ts'

/**
 * The privacy matrix: who sees what of a private and of a public account, over every route that reads. A route that is
 * added to the contract and forgotten here fails the last test.
 */
type Who = 'visitor' | 'stranger' | 'pending' | 'follower' | 'blocked' | 'owner'
const everyone: Who[] = ['visitor', 'stranger', 'pending', 'follower', 'blocked', 'owner']

interface Scene {
  owner: Person
  viewers: Record<Who, Person>
  post: { post_id: never }
  comment: { comment_id: never }
  mediaId: never
  story: { story_id: never }
  /** With a sound that others may use. */
  reel: { post_id: never }
  live: { live_id: never }
  highlight: { highlight_id: never }
  /** Of somebody who sees all, shared with all members of the scene. */
  collection: { collection_id: never }
  talk: Talk
  tag: string
  /** Is tagged in the post. */
  friend: string
}
let system: TestSystem
const scenes: Partial<Record<'private' | 'public', Scene>> = {}

beforeAll(async () => {
  system = await startSystem({ env: { WEB_DIR: process.env.WEB_DIR ?? (await webApp()) } })
  scenes.private = await makeScene('private')
  scenes.public = await makeScene('public')
}, 300_000)
afterAll(() => system[Symbol.asyncDispose]())

async function makeScene(kind: 'private' | 'public'): Promise<Scene> {
  const name = (role: string) => `${role}.${kind}`
  const [owner, stranger, pending, follower, blocked, friend] = await system.people(
    name('owner'),
    name('stranger'),
    name('pending'),
    name('follower'),
    name('blocked'),
    name('friend'),
  )
  for (const fan of [follower, blocked, friend]) await fan.follow(owner)
  await follower.follow(friend)
  await owner.follow(friend)
  const tag = `secret${kind}`
  const post = await owner.share({
    caption: `#${tag}`,
    location: { name: `${tag} bay` },
    people: [{ username: friend.username, picture: 0, x: 0.5, y: 0.5 }],
    collaborators: [friend.username],
    downloads_allowed: true,
  })
  const story = await owner.story()
  const reel = await owner.share({ photos: [await shortClip()], reel: { share_sound: true } })
  await system.settle()
  await friend.api.collaborators.accept({ params: post })
  const comment = await owner.comment(post, 'a word')
  await owner.comment(post, 'a reply', comment)
  for (const fan of [follower, blocked]) await fan.save(post)
  await owner.like(post)
  await friend.viewStory(story)
  const highlight = await owner.api.highlights.create({
    body: { title: 'Kept', story_ids: [story.story_id] },
  })
  const { post_id } = post
  const collection = await friend.api.collections.create({ body: { name: 'Found', post_id } })
  for (const { username } of [stranger, pending, follower, blocked, owner])
    await friend.api.collections.addMember({ params: { ...collection, username } })
  const live = await liveBy(owner)
  const talk = await talking(owner, friend, follower)
  await friend.api.reposts.repost({ params: { post_id } })
  if (kind === 'private') await owner.goPrivate()
  await pending.follow(owner)
  await owner.block(blocked)
  await system.settle()
  const [media] = (await owner.post(post.post_id)).media
  const viewers = { visitor: system.visitor(), stranger, pending, follower, blocked, owner }
  return {
    owner,
    viewers,
    post: post as never,
    comment: comment as never,
    mediaId: media?.media_id as never,
    story: story as never,
    reel: reel as never,
    live: live as never,
    highlight: highlight as never,
    collection: collection as never,
    talk,
    tag,
    friend: friend.username,
  }
}

const holds = ({ post }: { post: { post_id: string } }, page: { items: { post_id: string }[] }) =>
  page.items.some(({ post_id }) => post_id === post.post_id)
/** Does this viewer get at the account's content this way? A coded refusal means no. */
const probes: Partial<Record<Operation, (viewer: Person, scene: Scene) => Promise<boolean>>> = {
  'posts.get': async ({ api }, { post }) => (await api.posts.get({ params: post })).caption !== '',
  'feed.user': async ({ api }, scene) => holds(scene, await api.feed.user({ params: scene.owner })),
  'feed.hashtag': async ({ api }, scene) =>
    holds(scene, await api.feed.hashtag({ params: { tag: scene.tag } })),
  'engagement.likes': async ({ api }, { post }) =>
    (await api.engagement.likes({ params: post })).items.length > 0,
  'comments.list': async ({ api }, { post }) => (await api.comments.list({ params: post })).items.length > 0,
  'comments.replies': async ({ api }, { comment }) =>
    (await api.comments.replies({ params: comment })).items.length > 0,
  'downloads.ofPost': async ({ api }, { post }) => (await api.downloads.ofPost({ params: post })).length > 0,
  'collaborators.list': async ({ api }, { post }) =>
    (await api.collaborators.list({ params: post })).length > 0,
  'photoTags.list': async ({ api }, { post }) => (await api.photoTags.list({ params: post })).length > 0,
  // In the tab of somebody whose own account is open.
  'photoTags.ofMember': async ({ api }, scene) =>
    holds(scene, await api.photoTags.ofMember({ params: { username: scene.friend } })),
  ...repostProbes,
  ...placeProbes,
  ...reelProbes(() => system.baseUrl),
  ...liveProbes,
  'graph.followers': async ({ api }, { owner }) =>
    (await api.graph.followers({ params: owner })).items.length > 0,
  'graph.following': async ({ api }, { owner }) =>
    (await api.graph.following({ params: owner })).items.length > 0,
  'members.profile': async ({ api }, { owner }) =>
    (await api.members.profile({ params: owner })).can_view_content,
}
/** What the policy says of this scene; that every way to the content follows it is what is tested here. */
function seenBy(kind: 'private' | 'public', who: Who) {
  const [ownerId, theirId] = ['owner', 'viewer'] as UserId[] as [UserId, UserId]
  const viewers: Record<Who, Viewer> = {
    visitor: strangerOf(null),
    stranger: strangerOf(theirId),
    pending: strangerOf(theirId),
    follower: { ...strangerOf(theirId), following: new Set([ownerId]) },
    blocked: { ...strangerOf(theirId), blockedBy: new Set([ownerId]) },
    owner: strangerOf(ownerId),
  }
  return visibility(viewers[who], { user_id: ownerId, is_private: kind === 'private' })
}
const seeing = (kind: 'private' | 'public') => everyone.filter((who) => seenBy(kind, who) === 'full')
const sees: Record<'private' | 'public', Who[]> = { private: seeing('private'), public: seeing('public') }
const members = (these: Who[]) => these.filter((who) => who !== 'visitor')
const membersWhoSee = { private: members(sees.private), public: members(sees.public) }
const finding = (kind: 'private' | 'public') => everyone.filter((who) => seenBy(kind, who) !== 'hidden')

/** The same question where what is shown also depends on who one is. */
const specialProbes: Partial<
  Record<
    Operation,
    { ask: (viewer: Person, scene: Scene) => Promise<boolean>; private: Who[]; public: Who[] }
  >
> = {
  'feed.why': {
    ask: async ({ api }, { post }) => (await api.feed.why({ params: post })).age_seconds >= 0,
    ...membersWhoSee,
  },
  'reposts.get': { ask: isCounted, ...membersWhoSee },
  'feed.home': {
    ask: async ({ api }, scene) => holds(scene, await api.feed.home({ query: { limit: 50 } })),
    private: ['follower', 'owner'],
    public: ['pending', 'follower', 'owner'],
  },
  'feed.explore': {
    ask: async ({ api }, scene) => holds(scene, await api.feed.explore({ query: { limit: 50 } })),
    private: [],
    // Where a community is small, followers come to all that is public in it.
    public: ['visitor', 'stranger', 'pending', 'follower'],
  },
  ...reelFeedProbe,
  ...liveNowProbe,
  'feed.saved': {
    ask: async ({ api }, scene) => holds(scene, await api.feed.saved()),
    private: ['follower'],
    public: ['follower'],
  },
  'graph.mutual': {
    ask: async ({ api }, { owner }) => (await api.graph.mutual({ params: owner })).items.length > 0,
    private: ['follower', 'owner'],
    public: ['follower', 'owner'],
  },
  // The head of a profile can be found by anyone who is not blocked.
  'search.autocomplete': {
    ask: async ({ api }, { owner }) =>
      (await api.search.autocomplete({ query: { q: owner.username.slice(0, -1) } })).some(
        (hit) => hit.type === 'user' && hit.user.username === owner.username,
      ),
    private: members(finding('private')),
    public: members(finding('public')),
  },
  'search.find': { ask: ({ api }, { tag }) => isFound(api, tag), ...membersWhoSee },
  'places.suggest': { ask: isSuggested, ...membersWhoSee },
  'search.recents': {
    ask: async ({ api }, { tag }) => {
      await api.search.addRecent({ body: { tag } })
      return (await api.search.recents()).length > 0
    },
    ...membersWhoSee,
  },
  'stories.feed': {
    ask: async ({ api }, { owner }) =>
      (await api.stories.feed()).items.some(({ user }) => user.username === owner.username),
    private: ['follower', 'owner'],
    public: ['pending', 'follower', 'owner'],
  },
  'stories.ofAuthor': {
    ask: async (viewer, { owner }) => (await viewer.stories(owner)).length > 0,
    ...membersWhoSee,
  },
  'stories.get': {
    ask: async ({ api }, { story }) => {
      const { media } = await api.stories.get({ params: story })
      return (await fetch(new URL(media?.url ?? '', system.baseUrl))).status === 200
    },
    ...membersWhoSee,
  },
  'highlights.ofMember': {
    ask: async ({ api }, { owner }) => (await api.highlights.ofMember({ params: owner })).length > 0,
    ...membersWhoSee,
  },
  'highlights.get': {
    ask: async ({ api }, { highlight }) =>
      (await api.highlights.get({ params: highlight })).stories.length > 0,
    ...membersWhoSee,
  },
  'collections.list': {
    ask: async ({ api }) => (await api.collections.list()).items.some(({ cover }) => cover.length > 0),
    ...membersWhoSee,
  },
  'collections.get': {
    ask: async ({ api }, { collection }) =>
      (await api.collections.get({ params: collection })).cover.length > 0,
    ...membersWhoSee,
  },
  'collections.posts': {
    ask: async ({ api }, scene) => holds(scene, await api.collections.posts({ params: scene.collection })),
    ...membersWhoSee,
  },
  'collections.ofPost': {
    ask: async ({ api }, { post }) =>
      (await api.collections.ofPost({ params: post })).collection_ids.length > 0,
    ...membersWhoSee,
  },
  'stories.views': {
    ask: async ({ api }, { story }) => (await api.stories.views({ params: story })).items.length > 0,
    private: ['owner'],
    public: ['owner'],
  },
  'stories.answers': {
    ask: async ({ api }, { story }) => (await api.stories.answers({ params: story })).items.length >= 0,
    private: ['owner'],
    public: ['owner'],
  },
  ...talkProbes,
  // Whoever has the code is invited.
  'conversations.invitation': {
    ask: async ({ api }, { talk }) =>
      (await api.conversations.invitation({ params: talk.group })).members_count === 2,
    private: members(everyone),
    public: members(everyone),
  },
  'media.original': {
    ask: async ({ api }, { mediaId }) =>
      (await api.media.original({ params: { media_id: mediaId } })).url !== '',
    private: ['owner'],
    public: ['owner'],
  },
}

/** Topics about the account; a kind that is forgotten here does not compile. */
const topicOf: Record<Exclude<TopicKind, 'conversation'>, (scene: Scene) => TopicName> = {
  post: ({ post }) => `post:${post.post_id}`,
  live: ({ live }) => `live:${live.live_id}`,
}

async function reaches(ask: () => Promise<boolean>): Promise<boolean> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof TintypeError && ['not_found', 'unauthorized'].includes(error.code)) return false
    throw error
  }
}

describe.each(['private', 'public'] as const)('of a %s account', (kind) => {
  test.each(Object.entries(probes))('%s', async (_, ask) => {
    const scene = scenes[kind] as Scene
    for (const who of everyone) {
      expect([who, await reaches(() => ask(scene.viewers[who], scene))]).toEqual([
        who,
        sees[kind].includes(who),
      ])
    }
  })

  test.each(Object.entries(specialProbes))('%s', async (_, probe) => {
    const scene = scenes[kind] as Scene
    for (const who of everyone) {
      expect([who, await reaches(() => probe.ask(scene.viewers[who], scene))]).toEqual([
        who,
        probe[kind].includes(who),
      ])
    }
  })

  test.each(Object.entries(topicOf))('the topic of a %s', async (_, nameOf) => {
    const scene = scenes[kind] as Scene
    const topic = nameOf(scene)
    const tokenOf = (person: Person) => person.session.access_token ?? ''
    for (const who of everyone) {
      const token = who === 'visitor' ? 'none' : tokenOf(scene.viewers[who])
      expect([who, await Live.canJoin(system.baseUrl, token, topic)]).toEqual([
        who,
        who !== 'visitor' && sees[kind].includes(who),
      ])
    }
    const tag = `${kind}.of.${topic.split(':')[0]}`
    const [blocker, removed, gone] = await system.people(`blocker.${tag}`, `removed.${tag}`, `gone.${tag}`)
    await blocker.block(scene.owner)
    await removed.follow(scene.owner)
    if (kind === 'private') await scene.owner.accept(removed)
    expect(await Live.canJoin(system.baseUrl, tokenOf(removed), topic)).toBe(true)
    await scene.owner.api.graph.removeFollower({ params: removed })
    const token = tokenOf(gone)
    await gone.api.accounts.logout()
    expect(await Live.canJoin(system.baseUrl, tokenOf(blocker), topic)).toBe(false)
    expect(await Live.canJoin(system.baseUrl, tokenOf(removed), topic)).toBe(kind === 'public')
    expect(await Live.canJoin(system.baseUrl, token, topic)).toBe(false)
  })

  test('the topic of a conversation', async () => {
    const { viewers, talk } = scenes[kind] as Scene
    for (const who of everyone) {
      const joined = await joinable(who === 'visitor' ? undefined : viewers[who], talk, system.baseUrl)
      expect([who, joined]).toEqual([who, [who === 'owner', who === 'owner']])
    }
  })

  test.each([
    ['a post', ({ post }: Scene) => `/p/${post.post_id}`, sees[kind]],
    ['a profile', ({ owner }: Scene) => `/${owner.username}`, sees[kind]],
    ['a hashtag', ({ tag }: Scene) => `/tags/${tag}`, sees[kind]],
    ['a place', ({ tag }: Scene) => `/places/${tag}%20bay`, sees[kind]],
    ['explore', () => '/explore', specialProbes['feed.explore']?.[kind]],
    // A visitor's is the log-in, with pictures of explore.
    [
      'home',
      () => '/',
      [...(kind === 'public' ? ['visitor'] : []), ...(specialProbes['feed.home']?.[kind] ?? [])],
    ],
  ] as const)('the page of %s, as the server draws it', async (_, pathOf, readers) => {
    const scene = scenes[kind] as Scene
    for (const who of everyone) {
      const html = await page(pathOf(scene), scene.viewers[who], who !== 'visitor')
      expect([who, html.includes(`"post_id":"${scene.post.post_id}"`)]).toEqual([who, readers?.includes(who)])
    }
  })

  test('the blocked get the same answer as for an account that does not exist', async () => {
    const { owner, viewers } = scenes[kind] as Scene
    const answerOf = (username: string) =>
      viewers.blocked.api.members.profile({ params: { username } }).then(
        () => undefined,
        (error: TintypeError) => ({ code: error.code, message: error.message, details: error.details }),
      )
    expect(await answerOf(owner.username)).toEqual(await answerOf('nobody.at.all'))
  })
})

test('the policy says of this scene what it is to say', () => {
  expect(sees).toEqual({
    private: ['follower', 'owner'],
    public: ['visitor', 'stranger', 'pending', 'follower', 'owner'],
  })
})

test('every route that reads is in the matrix', () => {
  const reading = Object.entries(operations).flatMap(([name, spec]) => (spec.method === 'GET' ? [name] : []))
  const covered = [...Object.keys(probes), ...Object.keys(specialProbes), ...ownOrNobodys]
  expect(covered.toSorted()).toEqual(reading.toSorted())
})
