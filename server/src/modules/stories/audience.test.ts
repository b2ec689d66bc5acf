import type { Story } from '@tintype/contract'
import { type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { after, code, DAY, fetched, ids, placed, posted } from './scene.suite.ts'

/** Followers, close friends, from whom stories are hidden, who is blocked: over every way to a story. */
let system: TestSystem
let author: Person
const viewers = ['follower', 'friend', 'hidden', 'both', 'blocked', 'blocker'] as const
type Who = (typeof viewers)[number]
let people: Record<Who, Person>
let open: Story
let close: Story

const poll = { kind: 'poll' as const, options: ['a', 'b'], ...placed }

beforeAll(async () => {
  system = await startSystem()
  const [first, ...others] = await system.people('the.author', ...viewers.map((who) => `one.${who}`))
  author = first
  people = Object.fromEntries(viewers.map((who, at) => [who, others[at]])) as Record<Who, Person>
  for (const person of others) await person.follow(author)
  for (const who of ['friend', 'both', 'blocked', 'blocker'] as const)
    await author.api.stories.addCloseFriend({ params: people[who] })
  for (const who of ['hidden', 'both'] as const) await author.api.stories.hideFrom({ params: people[who] })
  open = await posted(system, author, { stickers: [poll] })
  close = await posted(system, author, { stickers: [poll], audience: 'close_friends' })
  await author.block(people.blocked)
  await people.blocker.block(author)
  await system.settle()
})
afterAll(() => system[Symbol.asyncDispose]())

const reaches = (ask: Promise<unknown>): Promise<boolean> =>
  ask.then(
    () => true,
    (error) => {
      expect(error).toMatchObject(code('not_found'))
      return false
    },
  )

const ways: Record<string, (viewer: Person, story: Story) => Promise<boolean>> = {
  get: ({ api }, story) => reaches(api.stories.get({ params: story })),
  view: (viewer, story) => reaches(viewer.viewStory(story)),
  react: ({ api }, story) => reaches(api.stories.react({ params: story, body: { emoji: '❤️' } })),
  unreact: ({ api }, story) => reaches(api.stories.unreact({ params: story })),
  answer: ({ api }, story) =>
    reaches(api.stories.answer({ params: { ...story, sticker: 0 }, body: { choice: 0 } })),
  'the author’s stories': async (viewer, story) => {
    const found = await viewer.stories(author).catch(() => [])
    return ids(found).includes(story.story_id)
  },
  'the row': async (viewer, story) => {
    const [entry] = await viewer.tray()
    const count = entry?.stories_count ?? 0
    return story === close ? count === 2 : count > 0
  },
  'the picture’s address': async (viewer, story) => {
    // The link of somebody who may see it, made out to this viewer.
    const own = await author.api.stories.get({ params: story })
    const link = (own.media?.url ?? '').replace(author.id, viewer.id)
    expect((await fetch(new URL(link, system.baseUrl))).status).toBe(404)
    const { media } = await viewer.api.stories.get({ params: story }).catch(() => ({ media: null }))
    return (await fetched(system, { media })).status === 200
  },
}

test.each(Object.keys(ways))('%s', async (way) => {
  const seen = { open: [] as Who[], close: [] as Who[] }
  for (const who of viewers) {
    if (await ways[way]?.(people[who], open)) seen.open.push(who)
    if (await ways[way]?.(people[who], close)) seen.close.push(who)
  }
  expect(seen).toEqual({ open: ['follower', 'friend'], close: ['friend'] })
})

test('the row tells which are for close friends', async () => {
  const entryOf = async (who: Who) => (await people[who].tray())[0]
  expect(await entryOf('follower')).toMatchObject({ close_friends: false })
  expect(await entryOf('friend')).toMatchObject({ close_friends: true })
})

test('a picture’s old link ends with the right to see it', async () => {
  const [viewer] = await system.people('viewer.leaves')
  await author.api.stories.addCloseFriend({ params: viewer })
  const seen = await viewer.api.stories.get({ params: close })
  expect((await fetched(system, seen)).status).toBe(200)
  await author.api.stories.removeCloseFriend({ params: viewer })
  expect((await fetched(system, seen)).status).toBe(404)
  expect(await reaches(viewer.api.stories.get({ params: close }))).toBe(false)
  await author.api.stories.addCloseFriend({ params: viewer })
  expect((await fetched(system, seen)).status).toBe(200)
  await viewer.block(author)
  expect((await fetched(system, seen)).status).toBe(404)
})

describe('lists', () => {
  test('have each member once, last first, and nobody else’s', async () => {
    const [owner, one, two] = await system.people('list.owner', 'list.one', 'list.two')
    const names = async () => (await owner.api.stories.closeFriends()).items.map(({ username }) => username)
    for (const person of [one, two, one]) {
      system.clock.advance(1000)
      const added = await owner.api.stories.addCloseFriend({ params: person })
      expect(added).toEqual({ user_id: person.id, listed: true })
    }
    expect(await names()).toEqual(['list.two', 'list.one'])
    expect((await owner.api.stories.hiddenFrom()).items).toEqual([])
    expect((await one.api.stories.closeFriends()).items).toEqual([])
    for (let time = 0; time < 2; time++)
      expect(await owner.api.stories.removeCloseFriend({ params: two })).toMatchObject({ listed: false })
    await one.block(owner)
    expect(await names()).toEqual([])
    await expect(owner.api.stories.addCloseFriend({ params: owner })).rejects.toMatchObject(
      code('cannot_target_self'),
    )
  })

  test('whose stories one mutes are out of the row, and found where one looks for them', async () => {
    const [viewer, loud] = await system.people('mute.viewer', 'mute.loud')
    await viewer.follow(loud)
    await posted(system, loud)
    expect(await viewer.tray()).toHaveLength(1)
    await viewer.api.stories.mute({ params: loud })
    expect(await viewer.tray()).toEqual([])
    expect(await viewer.api.stories.ofAuthor({ params: loud })).toMatchObject({
      muted: true,
      stories: [{ viewer: { seen: false } }],
    })
    const muted = async () => (await viewer.api.stories.muted()).items.map(({ username }) => username)
    expect(await muted()).toEqual([loud.username])
    await viewer.api.stories.unmute({ params: loud })
    expect(await muted()).toEqual([])
    expect(await viewer.tray()).toHaveLength(1)
    // Who is muted altogether is so here as well.
    await viewer.api.graph.mute({ params: loud })
    expect(await viewer.tray()).toEqual([])
  })
})

test('whose replies are for whom the author follows says so to each viewer', async () => {
  const [writer, followed, other] = await system.people('reply.writer', 'reply.followed', 'reply.other')
  await writer.follow(followed)
  const canReply = async (person: Person, story: Story) =>
    (await person.api.stories.get({ params: story })).viewer.can_reply
  const some = await posted(system, writer, { replies: 'following' })
  expect([await canReply(followed, some), await canReply(other, some)]).toEqual([true, false])
  const none = await posted(system, writer, { replies: 'off' })
  expect([await canReply(followed, none), await canReply(writer, none)]).toEqual([false, false])
})

describe('highlights', () => {
  test('keep stories for who may see them, with title, order and cover, until they are taken out', async () => {
    const [owner, fan, stranger] = await system.people('high.owner', 'high.fan', 'high.stranger')
    await fan.follow(owner)
    await owner.api.stories.addCloseFriend({ params: fan })
    const [one, two, secret] = [
      await posted(system, owner),
      await posted(system, owner),
      await posted(system, owner, { audience: 'close_friends' }),
    ] as const
    const body = { title: 'Summer', story_ids: [two.story_id, one.story_id], cover_story_id: one.story_id }
    const made = await owner.api.highlights.create({ body })
    expect(made).toMatchObject({ title: 'Summer', cover_story_id: one.story_id, stories_count: 2 })
    const all = (person: Person) => person.api.highlights.ofMember({ params: owner })
    const hidden = await owner.api.highlights.create({ body: { title: 'Us', story_ids: [secret.story_id] } })
    await after(system, secret, 2 * DAY, owner, fan, stranger)
    const seen = await stranger.api.highlights.get({ params: made })
    expect(ids(seen.stories)).toEqual([two.story_id, one.story_id])
    expect((await fetched(system, seen.stories[0])).status).toBe(200)
    expect((await all(fan)).map(({ title }) => title)).toEqual(['Us', 'Summer'])
    expect((await all(stranger)).map(({ title }) => title)).toEqual(['Summer'])
    expect(await reaches(stranger.api.highlights.get({ params: hidden }))).toBe(false)
    // Cover and count are of what the viewer sees.
    const mixed = { story_ids: [secret.story_id, one.story_id], cover_story_id: secret.story_id }
    await owner.api.highlights.edit({ params: made, body: mixed })
    const forStranger = await stranger.api.highlights.get({ params: made })
    expect(forStranger).toMatchObject({ cover_story_id: one.story_id, stories_count: 1 })
    expect(forStranger.cover).not.toBeNull()
    expect(await fan.api.highlights.get({ params: made })).toMatchObject({ stories_count: 2 })
    // One that no highlight holds any more is over.
    expect(await reaches(stranger.api.stories.get({ params: two }))).toBe(false)
    await owner.goPrivate()
    expect(await reaches(stranger.api.highlights.get({ params: made }))).toBe(false)
    expect((await fetched(system, seen.stories[1])).status).toBe(404)
  })

  test('lose a deleted story; with the last one they go, and so they do when they are deleted', async () => {
    const [owner, fan] = await system.people('gone.owner', 'gone.fan')
    const [one, two] = [await posted(system, owner), await posted(system, owner)] as const
    const made = await owner.api.highlights.create({
      body: { title: 'Short', story_ids: [one.story_id, two.story_id] },
    })
    await owner.api.stories.delete({ params: one })
    expect(await fan.api.highlights.get({ params: made })).toMatchObject({
      stories_count: 1,
      cover_story_id: two.story_id,
    })
    await owner.api.stories.delete({ params: two })
    expect(await reaches(fan.api.highlights.get({ params: made }))).toBe(false)
    const three = await posted(system, owner)
    const again = await owner.api.highlights.create({ body: { title: 'Again', story_ids: [three.story_id] } })
    expect(await reaches(fan.api.highlights.delete({ params: again }))).toBe(false)
    await owner.api.highlights.delete({ params: again })
    expect(await owner.api.highlights.ofMember({ params: owner })).toEqual([])
    expect(ids(await fan.stories(owner))).toEqual([three.story_id])
    await after(system, three, DAY, fan)
    expect(await reaches(fan.api.stories.get({ params: three }))).toBe(false)
  })

  test('hold one’s own stories that one still has, and nothing else', async () => {
    const [owner, other] = await system.people('own.owner', 'own.other')
    const theirs = await posted(system, other)
    const passed = await (async () => {
      await owner.api.stories.changeSettings({ body: { save_to_archive: false } })
      return posted(system, owner)
    })()
    const make = (story: Story) =>
      reaches(owner.api.highlights.create({ body: { title: 'Mine', story_ids: [story.story_id] } }))
    expect(await make(theirs)).toBe(false)
    await after(system, passed, DAY, owner)
    expect(await make(passed)).toBe(false)
    expect(await owner.api.highlights.ofMember({ params: owner })).toEqual([])
  })
})

test('a story for a circle is for those in it, of whatever else it is for; who is taken out sees it no more', async () => {
  const names = ['circle.owner', 'circle.inside', 'circle.outside', 'circle.hidden', 'circle.taken'] as const
  const [owner, inside, outside, hidden, taken] = await system.people(...names)
  for (const fan of [inside, outside, hidden, taken]) await fan.follow(owner)
  await owner.api.stories.hideFrom({ params: hidden })
  const { circle_id } = await owner.api.circles.create({ body: { name: 'Secret name' } })
  for (const { username } of [inside, hidden, taken])
    await owner.api.circles.addMember({ params: { circle_id, username } })
  const story = await posted(system, owner, { circles: [circle_id] })
  const highlight = await owner.api.highlights.create({
    body: { title: 'Kept', story_ids: [story.story_id] },
  })
  await owner.api.circles.removeMember({ params: { circle_id, username: taken.username } })
  for (const [who, sees] of [
    [owner, true],
    [inside, true],
    [outside, false],
    [hidden, false],
    [taken, false],
  ] as const) {
    const found = [
      await reaches(who.api.stories.get({ params: story })),
      (await who.tray()).some(({ user }) => user.username === owner.username),
      (await who.stories(owner)).length > 0,
      await reaches(who.api.highlights.get({ params: highlight })),
    ]
    expect([who.username, found]).toEqual([who.username, Array(4).fill(sees)])
  }
  expect(story).toMatchObject({ for_circles: true, circles: [circle_id] })
  const seen = await inside.api.stories.get({ params: story })
  expect(seen).toMatchObject({ for_circles: true })
  expect(JSON.stringify(seen)).not.toMatch(/Secret|circles":\[/)
  const circles = [(await outside.api.circles.create({ body: { name: 'Theirs' } })).circle_id]
  await expect(owner.story({ circles })).rejects.toMatchObject(code('circle_not_found'))
})
