import type { SentMessage } from '@tintype/contract'
import { Live, type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { posted } from './scene.suite.ts'

let system: TestSystem
beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system[Symbol.asyncDispose]())

/** Opens the app as a member who looks at their feed. */
async function looking(person: Person): Promise<Live> {
  const live = await Live.of(person)
  await person.home()
  return live
}
const said = (live: Live, type: SentMessage['type']) =>
  live.messages.flatMap((one) => (one.type === type ? [one.data] : []))

test('followers who are here hear of a new story, where it is for them and they want it', async () => {
  const names = ['ana', 'live.follower', 'live.friend', 'live.muter', 'live.hidden', 'live.other'] as const
  const [ana, ...others] = await system.people(...names)
  const [follower, friend, muter, hidden, stranger] = others
  for (const person of [follower, friend, muter, hidden]) await person.follow(ana)
  await ana.api.stories.addCloseFriend({ params: friend })
  // Close friends who do not follow have no row for it to come up in.
  await ana.api.stories.addCloseFriend({ params: stranger })
  await ana.api.stories.hideFrom({ params: hidden })
  await muter.api.stories.mute({ params: ana })
  const lives = await Promise.all([ana, ...others].map(looking))
  const [own, ...theirs] = lives as [Live, ...Live[]]
  const told = () => theirs.map((live) => said(live, 'stories.published').length)
  const open = await posted(system, ana)
  await vi.waitFor(() => expect(told()).toEqual([1, 1, 0, 0, 0]))
  expect(said(own, 'story.status')).toEqual([{ story_id: open.story_id, status: 'published' }])
  await posted(system, ana, { audience: 'close_friends' })
  await vi.waitFor(() => expect(told()).toEqual([1, 2, 0, 0, 0]))
  const { circle_id } = await ana.api.circles.create({ body: { name: 'Close' } })
  for (const { username } of [follower, muter, stranger])
    await ana.api.circles.addMember({ params: { circle_id, username } })
  await posted(system, ana, { circles: [circle_id] })
  await vi.waitFor(() => expect(told()).toEqual([2, 2, 0, 0, 0]))
  expect(said(theirs[1] as Live, 'stories.published')[0]).toEqual({ user_id: ana.id })
  for (const live of lives) await live.close()
})

test('what is seen on one device is told to the other, and to the author that there is a viewer', async () => {
  const [ben, cai] = await system.people('ben', 'cai')
  const [author, one, other] = await Promise.all([ben, cai, cai].map((person) => Live.of(person)))
  const story = await posted(system, ben)
  await cai.viewStory(story)
  await cai.viewStory(story)
  await system.settle()
  const { story_id } = story
  for (const live of [one, other])
    await vi.waitFor(() =>
      expect(said(live as Live, 'stories.seen')).toEqual([{ story_id, user_id: ben.id }]),
    )
  await vi.waitFor(() => expect(said(author as Live, 'story.viewed')).toEqual([{ story_id }]))
  for (const live of [author, one, other]) await live?.close()
})
