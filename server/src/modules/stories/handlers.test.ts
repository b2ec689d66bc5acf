import type { Story } from '@tintype/contract'
import { type NewStory, type Person, photo, photoOf, startSystem, type TestSystem } from '@tintype/testkit'
import { shortClip } from '@tintype/testkit/media/reels'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { code, ids, posted as post } from './scene.suite.ts'

let system: TestSystem
beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system[Symbol.asyncDispose]())

const posted = (author: Person, story: NewStory = {}) => post(system, author, story)
/** Whose stories come up, in order: `ben 2/3` has three, two of them unseen. */
const row = async (person: Person) =>
  (await person.tray()).map(
    ({ user, unseen_count, stories_count }) => `${user.username} ${unseen_count}/${stories_count}`,
  )

describe('a story', () => {
  test('is seen by followers once its picture is ready, in screen size and with what is written in it', async () => {
    const [ana, ben] = await system.people('ana', 'ben')
    await ben.follow(ana)
    const made = await ana.story({ alt_text: 'Good morning!' })
    expect(made).toMatchObject({ status: 'processing', media: null, views_count: 0, audience: 'followers' })
    await expect(ben.api.stories.get({ params: made })).rejects.toMatchObject(code('not_found'))
    expect(ids(await ana.stories(ana))).toEqual([made.story_id])
    expect(await ben.stories(ana)).toEqual([])
    await system.settle()
    const [seen] = await ben.stories(ana)
    expect(seen).toMatchObject({
      status: 'published',
      user: { username: 'ana' },
      media: { alt_text: 'Good morning!', width: 36, height: 64 },
      replies: 'everyone',
      expires_in: 86_400,
      views_count: null,
      viewer: { seen: false, reaction: null, is_author: false, can_reply: true },
    })
    const picture = await fetch(new URL(seen?.media?.url ?? '', system.baseUrl))
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/webp'])
  })

  test('is one, however often the same request comes; its upload is used once', async () => {
    const [cai] = await system.people('cai')
    const [upload_id = '' as never] = await cai.upload([await photo(77)])
    const body = { upload_id, audience: 'followers' } as const
    const post = () => cai.api.stories.create({ body, headers: { 'idempotency-key': 'one' } })
    const first = await post()
    expect((await post()).story_id).toBe(first.story_id)
    await expect(cai.api.stories.create({ body })).rejects.toMatchObject(code('upload_already_used'))
    await system.settle()
    expect(ids(await cai.stories(cai))).toEqual([first.story_id])
  })

  test('of a film stands in its frame, as long as it was cut, under what was drawn on it', async () => {
    const [gil, hal] = await system.people('gil', 'hal')
    await hal.follow(gil)
    const plate = await photo(5, { format: 'png' })
    const [upload_id = '' as never, over = '' as never] = await gil.upload([await shortClip(), plate])
    const frame = { upload_id: over, x: 0.5, y: 0.4, zoom: 1.5, rotation: 30 }
    const body = { upload_id, audience: 'followers', video: { end_ms: 600, mute: true }, frame } as const
    const make = (more: object) => gil.api.stories.create({ body: { ...body, ...more } })
    await expect(make({ upload_id: over, frame: { ...frame, upload_id } })).rejects.toMatchObject(
      code('media_kind_unwanted'),
    )
    await expect(make({ video: { end_ms: 50 } })).rejects.toMatchObject(code('media_too_small'))
    const made = await make({})
    await expect(make({})).rejects.toMatchObject(code('upload_already_used'))
    await system.settle()
    const [seen] = await hal.stories(gil)
    expect(seen?.media).toMatchObject({ type: 'video', width: 720, height: 1280, has_sound: false })
    expect(seen?.media?.type === 'video' && seen.media.duration_ms).toBeLessThan(800)
    const film = seen?.media?.type === 'video' ? seen.media.url : ''
    expect((await fetch(new URL(film, system.baseUrl))).status).toBe(200)
    // What lies over it goes with it.
    await gil.api.stories.delete({ params: made })
    await system.pass(30 * 60)
    await system.system.schedules
      .find(({ name }) => name === 'media.collect')
      ?.run(new AbortController().signal)
    expect(
      (await system.storedKeys()).filter((key) => key.includes(upload_id) || key.includes(over)),
    ).toEqual([])
  })

  test('whose picture is broken says so to its author, and nobody else sees it', async () => {
    const [dan, eve] = await system.people('dan', 'eve')
    const { bytes } = await photo(9, { format: 'png' })
    bytes.fill(0x41, bytes.length >> 2, bytes.length >> 1)
    const broken = await posted(dan, { photo: photoOf(bytes, 'image/png') })
    expect(broken).toMatchObject({ status: 'failed', media: null })
    expect(broken.failure?.code).toMatch(/^media_(corrupt|truncated)$/)
    expect(await eve.stories(dan)).toEqual([])
  })

  test('deleted is gone at once, for everybody and from the store of pictures', async () => {
    const [fay, gus] = await system.people('fay', 'gus')
    await gus.follow(fay)
    const story = await posted(fay)
    await gus.viewStory(story)
    const [seen] = await gus.stories(fay)
    await expect(gus.api.stories.delete({ params: story })).rejects.toMatchObject(code('not_found'))
    await fay.api.stories.delete({ params: story })
    for (const person of [fay, gus])
      await expect(person.api.stories.get({ params: story })).rejects.toMatchObject(code('not_found'))
    expect([await gus.stories(fay), await row(gus)]).toEqual([[], []])
    expect((await fetch(new URL(seen?.media?.url ?? '', system.baseUrl))).status).toBe(404)
    await expect(fay.api.stories.delete({ params: story })).rejects.toMatchObject(code('not_found'))
  })
})

describe('views', () => {
  test('count once per viewer, and not their author’s', async () => {
    const [hal, ida, jon] = await system.people('hal', 'ida', 'jon')
    const story = await posted(hal)
    for (const viewer of [hal, ida, hal, jon, ida]) {
      system.clock.advance(1000)
      expect(await viewer.viewStory(story)).toEqual({ seen: true })
    }
    // As a phone sends them that comes back to the net.
    await Promise.all([ida, jon, ida, jon].map((viewer) => viewer.viewStory(story)))
    const { items } = await hal.api.stories.views({ params: story })
    expect(items.map(({ user }) => user.username)).toEqual(['jon', 'ida'])
    expect((await hal.api.stories.get({ params: story })).views_count).toBe(2)
    expect((await ida.stories(hal))[0]).toMatchObject({ viewer: { seen: true }, views_count: null })
    await expect(ida.api.stories.views({ params: story })).rejects.toMatchObject(code('not_found'))
  })

  test('come in pages; who blocks the author afterwards is neither listed nor counted', async () => {
    const [kim, ...viewers] = await system.people('kim', 'vi1', 'vi2', 'vi3', 'vi4', 'vi5')
    const story = await posted(kim)
    for (const viewer of viewers) {
      system.clock.advance(1000)
      await viewer.viewStory(story)
    }
    await viewers[3].block(kim)
    await kim.block(viewers[0])
    const first = await kim.api.stories.views({ params: story, query: { limit: 2 } })
    const rest = await kim.api.stories.views({ params: story, query: { cursor: first.next_cursor ?? '' } })
    const names = [...first.items, ...rest.items].map(({ user }) => user.username)
    expect(names).toEqual(['vi5', 'vi3', 'vi2'])
    expect((await kim.api.stories.get({ params: story })).views_count).toBe(3)
  })
})

describe('the row of stories', () => {
  test('has one’s own first, then unseen ones of whom one cares for, then the newest', async () => {
    const [lea, max, nia, oli] = await system.people('lea', 'max', 'nia', 'oli')
    for (const author of [max, nia, oli]) await lea.follow(author)
    const post = await oli.share()
    await system.settle()
    await lea.like(post)
    await posted(oli)
    const ofMax = [await posted(max), await posted(max)]
    await posted(nia)
    await system.settle()
    expect(await row(lea)).toEqual(['oli 1/1', 'nia 1/1', 'max 2/2'])
    await lea.viewStory(ofMax[0] as Story)
    expect(await row(lea)).toEqual(['oli 1/1', 'nia 1/1', 'max 1/2'])
    await lea.viewStory(ofMax[1] as Story)
    await posted(lea)
    expect(await row(lea)).toEqual(['lea 0/1', 'oli 1/1', 'nia 1/1', 'max 0/2'])
    // A new one in a row that was seen is unseen.
    await posted(max)
    expect(await row(lea)).toEqual(['lea 0/1', 'oli 1/1', 'max 1/3', 'nia 1/1'])
    expect(await row(max)).toEqual(['max 0/3'])
  })

  test('comes in pages', async () => {
    const [pia, ...authors] = await system.people('pia', 'au1', 'au2', 'au3', 'au4')
    for (const author of authors) {
      await pia.follow(author)
      await posted(author)
    }
    const names: string[] = []
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await pia.api.stories.feed({ query: { limit: 2, ...(cursor && { cursor }) } })
      names.push(...page.items.map(({ user }) => user.username))
      cursor = page.next_cursor
    }
    expect(names).toEqual(['au4', 'au3', 'au2', 'au1'])
    await expect(pia.api.stories.feed({ query: { cursor: 'x' } })).rejects.toMatchObject(code('bad_cursor'))
  })
})
