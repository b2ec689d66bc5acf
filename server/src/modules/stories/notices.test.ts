import { storySubject } from '@tintype/contract'
import { type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { placed, posted } from './scene.suite.ts'

let system: TestSystem
beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system[Symbol.asyncDispose]())

/** What a member was told, newest first: `ben: mention`. */
async function news(person: Person): Promise<string[]> {
  await system.settle()
  return (await person.notifications()).map(({ actor, type }) => `${actor.username}: ${type}`)
}
const poll = { kind: 'poll' as const, options: ['a', 'b'], ...placed }
const mention = (username: string) => ({ kind: 'mention' as const, username, ...placed })

test('who is mentioned in a story is told, with its picture, where they may see it', async () => {
  const [ana, ben, cai, dan] = await system.people('ana', 'ben', 'cai', 'dan')
  await ana.api.stories.addCloseFriend({ params: ben })
  const stickers = ['ana', 'ben', 'cai', 'dan'].map(mention)
  await dan.api.graph.mute({ params: ana })
  const story = await posted(system, ana, { stickers, audience: 'close_friends' })
  expect(await news(ben)).toEqual(['ana: mention'])
  const [told] = await ben.notifications()
  expect(told).toMatchObject({ subject: storySubject(story.story_id), excerpt: null })
  expect((await fetch(new URL(told?.thumbnail ?? '', system.baseUrl))).status).toBe(200)
  for (const person of [ana, cai, dan]) expect(await news(person)).toEqual([])
  await ana.api.stories.delete({ params: story })
  expect(await news(ben)).toEqual([])
  expect((await ben.api.members.me()).unread_notifications).toBe(0)
})

test('an author is told of a reaction as long as it stands, and once of who answers', async () => {
  const [eve, fay, gus] = await system.people('eve', 'fay', 'gus')
  const story = await posted(system, eve, { stickers: [poll, poll] })
  const react = (emoji: string) => fay.api.stories.react({ params: story, body: { emoji } })
  await fay.viewStory(story)
  expect(await news(eve)).toEqual([])
  await react('🔥')
  await react('❤️')
  expect(await news(eve)).toEqual(['fay: story_reaction'])
  await fay.api.stories.unreact({ params: story })
  expect(await news(eve)).toEqual([])
  for (const [sticker, choice] of [
    [0, 0],
    [0, 1],
    [1, 0],
  ] as const) {
    system.clock.advance(1000)
    await gus.api.stories.answer({ params: { ...story, sticker }, body: { choice } })
  }
  expect(await news(eve)).toEqual(['gus: story_answer'])
  expect((await eve.api.members.me()).unread_notifications).toBe(1)
  await eve.block(gus)
  expect(await news(eve)).toEqual([])
})
