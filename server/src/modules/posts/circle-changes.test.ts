import { randomUUID } from 'node:crypto'
import type { ConversationId, PostId } from '@tintype/contract'
import { photo, startSystem, type TestSystem } from '@tintype/testkit'
import { shortClip } from '@tintype/testkit/media/reels'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { circleOf, code, has, picture, put, takeOut } from './circles.suite.ts'

/** What comes of a change: of who is in a circle, of the account, of time. */
let system: TestSystem
beforeAll(async () => {
  system = await startSystem()
}, 60_000)
afterAll(() => system[Symbol.asyncDispose]())

test('who comes into a circle finds there what was for it before; who is taken out finds nothing at once', async () => {
  const [ana, ben, cleo] = await system.people('ana', 'ben', 'cleo')
  for (const fan of [ben, cleo]) {
    await fan.follow(ana)
    await fan.home()
  }
  const close = await circleOf(ana, cleo)
  const work = await circleOf(ana)
  const one = await ana.share({ circles: [close] })
  const both = await ana.share({ circles: [close, work] })
  await system.settle()
  expect(await ben.home()).toEqual([])
  expect(await cleo.home()).toEqual([both.post_id, one.post_id])
  await put(ana, work, ben)
  expect((await ben.post(both.post_id)).post_id).toBe(both.post_id)
  await system.settle()
  expect(await ben.home()).toEqual([both.post_id])
  await ben.comment(both, 'I see')
  await takeOut(ana, work, ben)
  expect(await code(ben.post(both.post_id))).toBe('not_found')
  expect(await ben.home()).toEqual([])
  await put(ana, close, ben)
  await system.settle()
  expect(await ben.home()).toEqual([both.post_id, one.post_id])
  await ana.api.circles.delete({ params: { circle_id: close } })
  expect(await ben.home()).toEqual([])
  expect(await cleo.home()).toEqual([])
  expect(await ana.home()).toEqual([both.post_id, one.post_id])
  expect((await ana.post(one.post_id)).circles).toEqual([close])
})

test('who is taken out finds nothing of it where they had it: saved, collected, told, sent, pinned by its author', async () => {
  const [ana, ben, cleo] = await system.people('ana.left', 'ben.left', 'cleo.left')
  const close = await circleOf(ana, ben, cleo)
  const one = await ana.share({ caption: 'a heron for @ben.left', circles: [close] })
  await system.settle()
  await ana.api.postShelf.pin({ params: one })
  await ben.api.engagement.save({ params: one })
  const { collection_id } = await ben.api.collections.create({
    body: { name: 'Birds', post_id: one.post_id },
  })
  const subject = { kind: 'post' as const, id: one.post_id }
  const body = { client_message_id: randomUUID(), subject, usernames: [ben.username] }
  const [message] = (await cleo.api.messages.share({ body })).messages
  const { conversation_id } = message as { conversation_id: ConversationId }
  await system.settle()
  const media_id = (await ana.post(one.post_id)).media[0]?.media_id as string
  const traces = async () => ({
    saved: has(one, await ben.api.feed.saved()),
    collected: has(one, await ben.api.collections.posts({ params: { collection_id } })),
    covers: JSON.stringify(await ben.api.collections.list()).includes(media_id),
    told: (await ben.notifications()).length,
    sent: JSON.stringify(await ben.api.messages.list({ params: { conversation_id } })).includes('heron'),
    profile: has(one, await ben.api.feed.user({ params: ana })),
  })
  expect(await traces()).toEqual({
    saved: true,
    collected: true,
    covers: true,
    told: 1,
    sent: true,
    profile: true,
  })
  await takeOut(ana, close, ben)
  await system.settle()
  expect(await traces()).toEqual({
    saved: false,
    collected: false,
    covers: false,
    told: 0,
    sent: false,
    profile: false,
  })
  expect(has(one, await cleo.api.feed.user({ params: ana }))).toBe(true)
})

test('who may not be in a private account is not let in by a circle of it', async () => {
  const [ana, ben] = await system.people('ana.private', 'ben.asks')
  const close = await circleOf(ana, ben)
  const one = await ana.share({ circles: [close] })
  await system.settle()
  expect((await ben.post(one.post_id)).post_id).toBe(one.post_id)
  await ana.goPrivate()
  expect(await code(ben.post(one.post_id))).toBe('not_found')
  await ben.follow(ana)
  await ana.accept(ben)
  await system.settle()
  expect(await ben.home()).toEqual([one.post_id])
})

test('a circle that is not one’s own, a reel and a second author are refused, and nothing is made', async () => {
  const [ana, ben] = await system.people('ana.refused', 'ben.refused')
  const [own, others] = [await circleOf(ana), await circleOf(ben)]
  const photos = [await photo(3, { width: 32, height: 32 })]
  expect(await code(ana.share({ photos, circles: [others] }))).toBe('circle_not_found')
  expect(await code(ana.share({ photos, circles: [own], collaborators: [ben.username] }))).toBe(
    'circles_refused',
  )
  expect(await code(ana.share({ photos: [await shortClip()], circles: [own], reel: {} }))).toBe(
    'circles_refused',
  )
  expect(await code(ana.share({ photos, circles: [] }))).toBe('validation_failed')
  expect(await ana.home()).toEqual([])
  const one = await ana.share({ photos, circles: [own] })
  expect(await code(ana.api.collaborators.invite({ params: { ...one, username: ben.username } }))).toBe(
    'circles_refused',
  )
})

test('one that is scheduled is for its circles when its time comes', async () => {
  const [ana, ben, cleo] = await system.people('ana.later', 'ben.later', 'cleo.later')
  for (const fan of [ben, cleo]) await fan.follow(ana)
  const close = await circleOf(ana, ben)
  const photos = [await photo(4, { width: 32, height: 32 })]
  const publish_at = new Date(system.clock.now() + 3_600_000).toISOString()
  const waiting = await ana.api.scheduled.create({
    body: { upload_ids: await ana.upload(photos), publish_at, circles: [close] },
  })
  expect(waiting.circles).toEqual([close])
  await system.settle()
  const { post_id } = await ana.api.scheduled.publish({ params: waiting })
  await system.settle()
  const seen = await ben.post(post_id as PostId)
  expect(seen.for_circles).toBe(true)
  expect(new URL(picture(seen), system.baseUrl).searchParams.get('e')).not.toBeNull()
  expect(await ben.home()).toEqual([post_id])
  expect(await cleo.home()).toEqual([])
})

test('who is pulled pushes what is for circles; a feed that is made anew, and one who begins to follow, have it', async () => {
  await using small = await startSystem({ env: { CELEBRITY_FOLLOWERS: '1' } })
  const [star, ben, cleo, dora] = await small.people('star', 'ben', 'cleo', 'dora')
  for (const fan of [ben, cleo]) {
    await fan.follow(star)
    await fan.home()
  }
  const close = await circleOf(star, ben, dora)
  const first = await star.share()
  await small.settle()
  const secret = await star.share({ circles: [close] })
  await small.settle()
  const all = [secret.post_id, first.post_id]
  expect(await ben.home()).toEqual(all)
  expect(await cleo.home()).toEqual([first.post_id])
  await dora.home()
  await dora.follow(star)
  await small.settle()
  expect(await dora.home()).toEqual(all)
  const timelines = small.system.rebuilds.find(({ name }) => name === 'timelines')
  await timelines?.run(new AbortController().signal)
  await small.engines.cache.clear()
  for (const [who, home] of [
    [ben, all],
    [dora, all],
    [star, all],
    [cleo, [first.post_id]],
  ] as const)
    expect([who.username, await who.home()]).toEqual([who.username, home])
})
