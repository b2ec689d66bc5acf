import { type Person, photo, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MEMBERS_CHANNEL } from './kit/member-channel.ts'

/** What is hidden is hidden alike in lists, in badges and in what open apps are told. */
let system: TestSystem
beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system[Symbol.asyncDispose]())

let round = 0
const three = () => {
  round += 1
  return system.people(`ana.${round}`, `ben.${round}`, `cleo.${round}`)
}
const tiny = () => photo(1, { width: 32, height: 32, format: 'png' })
const badge = async (person: Person) => (await person.api.members.me()).unread_notifications
const listed = async (person: Person) => (await person.notifications()).filter(({ read }) => !read).length

describe('the badge is what the list shows', () => {
  const hidings: [string, (ana: Person, ben: Person, post: { post_id: never }) => Promise<unknown>][] = [
    ['goes private', (ana) => ana.goPrivate()],
    ['blocks them', (ana, ben) => ana.block(ben)],
    ['is blocked by them', (ana, ben) => ben.block(ana)],
    ['is muted by them', (ana, ben) => ben.api.graph.mute({ params: ana })],
    ['deletes the post', (ana, _ben, post) => ana.delete(post)],
  ]
  test.each(hidings)('when somebody who mentioned a member %s', async (_, hide) => {
    const [ana, ben, cleo] = await three()
    const post = await ana.share({ caption: `with @${ben.username}`, photos: [await tiny()] })
    await system.settle()
    const comment = await ben.comment(post, 'hello')
    await cleo.comment(post, 'and hello', comment)
    await cleo.follow(ben)
    await system.settle()
    expect([await badge(ben), await listed(ben)]).toEqual([3, 3])
    await hide(ana, ben, post as never)
    await system.settle()
    expect(await badge(ben)).toBe(await listed(ben))
    expect(await badge(ben)).toBeGreaterThan(0)
  })
})

test('a post of an author whom a follower mutes is announced to the others alone', async () => {
  const [ana, ben, cleo] = await three()
  for (const fan of [ben, cleo]) await fan.follow(ana)
  await ben.api.graph.mute({ params: ana })
  await system.settle()
  for (const fan of [ben, cleo]) await fan.home()
  const told: unknown[] = []
  await using _ = await system.engines.broadcast.subscribe(MEMBERS_CHANNEL, (news) => told.push(news))
  await ana.share({ photos: [await tiny()] })
  await system.settle()
  expect(told).toEqual([[{ user_ids: [cleo.id], message: { type: 'feed.new_posts', data: { count: 1 } } }]])
})

describe('comments between who block each other', () => {
  test('under the post of who blocks are shown to nobody, nor answered; they count', async () => {
    const [ana, ben, cleo] = await three()
    const post = await ana.share({ photos: [await tiny()] })
    await system.settle()
    const comment = await ben.comment(post, 'hello')
    await ana.block(ben)
    await system.settle()
    for (const person of [ana, cleo, system.visitor()]) {
      expect((await person.api.comments.list({ params: post })).items).toEqual([])
      await expect(person.api.comments.replies({ params: comment })).rejects.toMatchObject({
        code: 'not_found',
      })
      expect((await person.post(post.post_id)).comments_count).toBe(1)
    }
    await expect(cleo.comment(post, 'indeed', comment)).rejects.toMatchObject({ code: 'not_found' })
    await ana.api.graph.unblock({ params: ben })
    expect((await cleo.api.comments.list({ params: post })).items).toHaveLength(1)
  })

  test('under a third member’s post are hidden from the two, and the number is one for everybody', async () => {
    const [ana, ben, cleo] = await three()
    const post = await cleo.share({ photos: [await tiny()] })
    await system.settle()
    await ben.comment(post, 'hello')
    await ana.block(ben)
    await system.settle()
    expect((await ana.api.comments.list({ params: post })).items).toEqual([])
    expect((await cleo.api.comments.list({ params: post })).items).toHaveLength(1)
    for (const person of [ana, ben, cleo]) expect((await person.post(post.post_id)).comments_count).toBe(1)
  })
})
