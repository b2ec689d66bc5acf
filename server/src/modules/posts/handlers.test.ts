import type { Post } from '@tintype/contract'
import { type Person, photo, photoOf, startSystem, type TestSystem } from '@tintype/testkit'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let system: TestSystem
let ana: Person
let ben: Person
beforeAll(async () => {
  system = await startSystem()
  ;[ana, ben] = await system.people('ana', 'ben')
})
afterAll(() => system[Symbol.asyncDispose]())

const share = async (person: Person, post: Parameters<Person['share']>[0] = {}): Promise<Post> => {
  const { post_id } = await person.share(post)
  await system.settle()
  return person.post(post_id)
}
const code = (expected: string) => ({ code: expected })
const tagged = async (person: Person, tag: string) =>
  (await person.api.feed.hashtag({ params: { tag } })).items.map((post) => post.post_id)

describe('confirm', () => {
  test('makes a carousel with caption, place and alt texts; its author alone sees it until it is ready', async () => {
    const photos = [await photo(1), await photo(2, { width: 300, height: 400 })]
    const post = await ana.share({
      photos,
      caption: '  Morning at #Café with @Ben and @nobody.here ',
      location: { name: 'Lyon', lat: 45.76, lon: 4.84 },
      alt_texts: ['A cup'],
    })
    expect(post).toMatchObject({
      status: 'processing',
      media: [],
      user: { username: 'ana' },
      viewer: { is_author: true },
    })
    await expect(ben.post(post.post_id)).rejects.toMatchObject(code('not_found'))
    await system.settle()
    const seen = await ben.post(post.post_id)
    expect(seen).toMatchObject({
      status: 'published',
      caption: 'Morning at #Café with @Ben and @nobody.here',
      location: { name: 'Lyon', lat: 45.76, lon: 4.84 },
      media: [
        { alt_text: 'A cup', width: 320, height: 240 },
        { alt_text: '', width: 300, height: 400 },
      ],
      likes_count: 0,
      viewer: { liked: false, saved: false, following: false, is_author: false },
    })
    expect(seen.facets).toEqual([
      { type: 'hashtag', start: 11, end: 16, tag: 'café' },
      { type: 'mention', start: 22, end: 26, username: 'ben', user_id: ben.id },
    ])
  })

  test('an upload becomes one post, whoever is first; another member’s never', async () => {
    const [upload] = await ana.upload([await photo(3)])
    const body = { upload_ids: upload ? [upload] : [] }
    await expect(ben.api.posts.confirm({ body })).rejects.toMatchObject(code('upload_not_found'))
    const both = await Promise.allSettled([ana.api.posts.confirm({ body }), ana.api.posts.confirm({ body })])
    expect(both.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected'])
    await expect(ana.api.posts.confirm({ body })).rejects.toMatchObject(code('upload_already_used'))
  })

  test('the same Idempotency-Key makes the same post', async () => {
    const upload_ids = await ana.upload([await photo(4)])
    const confirm = () =>
      ana.api.posts.confirm({ body: { upload_ids }, headers: { 'idempotency-key': 'four' } })
    const first = await confirm()
    expect((await confirm()).post_id).toBe(first.post_id)
  })

  test('an attempt whose answer was never kept is taken over, and finds the post that stands', async () => {
    const upload_ids = await ana.upload([await photo(14)])
    const confirm = () =>
      ana.api.posts.confirm({ body: { upload_ids }, headers: { 'idempotency-key': 'taken-over' } })
    const first = await confirm()
    await system.settle()
    // What a process leaves behind that died between its commit and its answer, once its lease ran out.
    await sql`
      update idempotency_keys set status = null, body = null, locked_until = ${new Date(system.clock.now() - 1)}
      where key = 'taken-over'`.execute(system.engines.db.query)
    expect(await confirm()).toMatchObject({ post_id: first.post_id, status: 'published' })
    await expect(ana.api.posts.confirm({ body: { upload_ids } })).rejects.toMatchObject(
      code('upload_already_used'),
    )
  })

  test('refuses too many tags, too long captions and unknown keys, and makes nothing', async () => {
    const upload_ids = await ana.upload([await photo(5)])
    const refused: [object, string][] = [
      [{ caption: Array.from({ length: 31 }, (_, n) => `#tag${n}`).join(' ') }, 'too_many_tags'],
      [{ caption: 'x'.repeat(2201) }, 'validation_failed'],
      [{ location: { name: 'Nowhere', lat: 91 } }, 'validation_failed'],
      [{ shoes: 'red' }, 'validation_failed'],
    ]
    for (const [body, expected] of refused) {
      await expect(ana.api.posts.confirm({ body: { upload_ids, ...body } })).rejects.toMatchObject(
        code(expected),
      )
    }
    expect((await ana.api.posts.confirm({ body: { upload_ids } })).status).toBe('processing')
  })
})

describe('one-call form', () => {
  const form = async (fields: [string, string][], seeds: number[]) => {
    const body = new FormData()
    for (const [name, value] of fields) body.append(name, value)
    for (const seed of seeds) {
      body.append(
        'file',
        new Blob([new Uint8Array((await photo(seed)).bytes)], { type: 'image/jpeg' }),
        `${seed}.jpg`,
      )
    }
    return body
  }

  test('posts files and fields together', async () => {
    const body = await form(
      [
        ['caption', 'by form #form'],
        ['alt_text', 'first'],
        ['alt_text', 'second'],
        ['location', 'Oslo'],
      ],
      [6, 7],
    )
    const { post_id } = await ana.api.posts.create({ body })
    await system.settle()
    const post = await ben.post(post_id)
    expect(post).toMatchObject({ caption: 'by form #form', location: { name: 'Oslo' } })
    expect(post.media.map((media) => media.alt_text)).toEqual(['first', 'second'])
  })

  test('refuses a form without files, with an unknown field, or with a file that is no picture', async () => {
    await expect(ana.api.posts.create({ body: await form([['caption', 'x']], []) })).rejects.toMatchObject(
      code('validation_failed'),
    )
    await expect(ana.api.posts.create({ body: await form([['colour', 'x']], [8]) })).rejects.toMatchObject(
      code('validation_failed'),
    )
    const text = new FormData()
    text.append('file', new Blob(['<svg onload="alert(1)"/>'], { type: 'image/svg+xml' }), 'x.svg')
    await expect(ana.api.posts.create({ body: text })).rejects.toMatchObject(code('media_type_unsupported'))
  })
})

describe('edit', () => {
  test('changes what is given, moves hashtags, and is the author’s alone', async () => {
    const post = await share(ana, { caption: 'a #before', alt_texts: ['old'] })
    expect(await tagged(ben, 'before')).toEqual([post.post_id])
    const params = { post_id: post.post_id }
    await expect(ben.api.posts.edit({ params, body: { caption: 'mine' } })).rejects.toMatchObject(
      code('not_found'),
    )
    const edited = await ana.api.posts.edit({ params, body: { caption: 'now #after', alt_texts: ['new'] } })
    expect(edited).toMatchObject({ caption: 'now #after', media: [{ alt_text: 'new' }] })
    expect(edited.edited_at).not.toBeNull()
    expect(await ben.post(post.post_id)).toMatchObject({ caption: 'now #after' })
    expect([await tagged(ben, 'before'), await tagged(ben, 'AFTER')]).toEqual([[], [post.post_id]])
  })

  test('turns comments off and on', async () => {
    const post = await share(ana)
    const params = { post_id: post.post_id }
    await ana.api.posts.edit({ params, body: { comments_enabled: false } })
    await expect(ben.comment(post, 'hello?')).rejects.toMatchObject(code('comments_off'))
    await ana.api.posts.edit({ params, body: { comments_enabled: true } })
    expect(await ben.comment(post, 'hello!')).toMatchObject({ text: 'hello!' })
  })
})

describe('delete', () => {
  test('takes a post out of every list, its count and its files', async () => {
    const [cleo] = await system.people('cleo')
    await ben.follow(cleo)
    const post = await share(cleo, { caption: '#gone' })
    await ben.save(post)
    const params = { username: 'cleo' }
    expect((await ben.profile(cleo)).posts_count).toBe(1)
    const url = new URL(post.media[0]?.url ?? '', system.baseUrl)
    expect((await fetch(url)).status).toBe(200)
    await expect(ben.delete(post)).rejects.toMatchObject(code('not_found'))
    await cleo.delete(post)
    for (const person of [ben, cleo])
      await expect(person.post(post.post_id)).rejects.toMatchObject(code('not_found'))
    expect((await ben.api.feed.user({ params })).items).toEqual([])
    expect((await ben.api.feed.saved()).items).toEqual([])
    expect(await tagged(ben, 'gone')).toEqual([])
    expect((await ben.profile(cleo)).posts_count).toBe(0)
    await system.settle()
    expect((await fetch(url)).status).toBe(404)
    expect(await system.timelineOf(ben)).not.toContain(post.post_id)
  })

  test('goes with the account, hidden at once', async () => {
    const [dora] = await system.people('dora')
    const post = await share(dora, { caption: '#dorastag' })
    await ben.like(post)
    await dora.leave()
    await expect(ben.post(post.post_id)).rejects.toMatchObject(code('not_found'))
    expect(await tagged(ben, 'dorastag')).toEqual([])
    await system.settle()
    const url = new URL(post.media[0]?.url ?? '', system.baseUrl)
    expect((await fetch(url)).status).toBe(404)
  })
})

test('a picture that turns out to be broken fails its post with a reason its author sees', async () => {
  // Both ends are in place, the middle is noise: only decoding can tell.
  const { bytes } = await photo(9, { format: 'png' })
  bytes.fill(0x41, bytes.length >> 2, bytes.length >> 1)
  const broken = photoOf(bytes, 'image/png')
  const post = await ana.share({ photos: [broken] })
  await system.settle()
  const failed = await ana.post(post.post_id)
  expect(failed.status).toBe('failed')
  expect(failed.failure?.code).toMatch(/^media_(corrupt|truncated)$/)
  await expect(ben.post(post.post_id)).rejects.toMatchObject(code('not_found'))
  expect((await ana.api.feed.user({ params: ana })).items.map((item) => item.post_id)).toContain(post.post_id)
  await ana.delete(post)
})
