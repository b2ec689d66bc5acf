import type { Media, PostId } from '@tintype/contract'
import { type Person, photo, startSystem, type TestSystem } from '@tintype/testkit'
import { announce } from '@tintype/testkit/media/announce'
import { photograph } from '@tintype/testkit/media/photographs'
import { sql } from 'kysely'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let system: TestSystem
let ana: Person
let ben: Person
let picture: Media
beforeAll(async () => {
  system = await startSystem()
  ;[ana, ben] = await system.people('ana', 'ben')
  const post = await ana.share({ photos: [announce(await photograph('green-valley'), 'image/jpeg')] })
  await system.settle()
  const [first] = (await ana.post(post.post_id)).media
  if (!first) throw new Error('no picture')
  picture = first
})
afterAll(() => system[Symbol.asyncDispose]())

const get = (url: string, headers: Record<string, string> = {}) =>
  fetch(new URL(url, system.baseUrl), { headers })

describe('a public picture', () => {
  it('is served to anyone as nothing but a picture; who has seen it keeps it for a month, caches on the way for a minute', async () => {
    const answer = await get(picture.url)
    expect(answer.status).toBe(200)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'public, max-age=2592000, s-maxage=60, proxy-revalidate',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'accept-ranges': 'bytes',
      'content-disposition': expect.stringMatching(/^inline; filename="\d+x\d+-\w+\.webp"$/),
    })
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect(String(bytes.length)).toBe(answer.headers.get('content-length'))
    expect(await sharp(bytes).metadata()).toMatchObject({ width: picture.width, height: picture.height })
  })

  it('has every variant it names, in the size it names; AVIF where smaller', async () => {
    const sizes = new Map<string, number>()
    for (const variant of picture.variants) {
      const answer = await get(variant.url)
      const bytes = Buffer.from(await answer.arrayBuffer())
      expect(answer.headers.get('content-type')).toBe(variant.content_type)
      expect(await sharp(bytes).metadata()).toMatchObject({ width: variant.width, height: variant.height })
      sizes.set(`${variant.content_type} ${variant.width}`, bytes.length)
    }
    const widths = (type: string) =>
      picture.variants.filter(({ content_type }) => content_type === type).map(({ width }) => width)
    expect(widths('image/webp')).toEqual([1323, 784, 184])
    expect(widths('image/avif').length).toBeGreaterThan(0)
    for (const width of widths('image/avif'))
      expect(sizes.get(`image/avif ${width}`) ?? 0).toBeLessThan(sizes.get(`image/webp ${width}`) ?? 0)
  })

  it('is not sent again to one who has it', async () => {
    const etag = (await get(picture.url)).headers.get('etag') ?? ''
    for (const header of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const answer = await get(picture.url, { 'if-none-match': header })
      expect([answer.status, await answer.text()]).toEqual([304, ''])
    }
    expect((await get(picture.url, { 'if-none-match': '"other"' })).status).toBe(200)
  })

  it('is served in ranges', async () => {
    const whole = Buffer.from(await (await get(picture.url)).arrayBuffer())
    const part = async (range: string) => {
      const answer = await get(picture.url, { range })
      return [
        answer.status,
        answer.headers.get('content-range'),
        Buffer.from(await answer.arrayBuffer()),
      ] as const
    }
    expect(await part('bytes=0-9')).toEqual([206, `bytes 0-9/${whole.length}`, whole.subarray(0, 10)])
    expect(await part('bytes=-5')).toEqual([
      206,
      `bytes ${whole.length - 5}-${whole.length - 1}/${whole.length}`,
      whole.subarray(-5),
    ])
    expect((await part('bytes=100-'))[2].length).toBe(whole.length - 100)
    expect((await part(`bytes=${whole.length}-`))[0]).toBe(416)
    expect((await part('bytes=0-1,5-6'))[0]).toBe(200)
    expect((await part('lines=0-1'))[0]).toBe(200)
  })

  it('answers HEAD without the bytes', async () => {
    const answer = await fetch(new URL(picture.url, system.baseUrl), { method: 'HEAD' })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/webp'])
  })
})

describe('what is not a good link', () => {
  it.each([
    ['no right', (url: string) => url.replace(/\?.*/, '')],
    ['another right', (url: string) => url.replace(/k=.{22}/, `k=${'A'.repeat(22)}`)],
    ['a shortened right', (url: string) => url.replace(/k=(.{21})./, 'k=$1')],
    ['two rights', (url: string) => `${url}&k=${'A'.repeat(22)}`],
    ['an expiry it was not made with', (url: string) => `${url}&e=9999999999`],
    ['another name', (url: string) => url.replace(/\/\d+x/, '/9x')],
    ['another picture', (url: string) => url.replace(/media\/.{8}/, 'media/01944000')],
    ['no id at all', (url: string) => url.replace(/media\/[^/]+/, 'media/..%2f..%2fetc')],
  ])('%s: as if it did not exist', async (_, change) => {
    const answer = await get(change(picture.url))
    expect(answer.status).toBe(404)
    expect(answer.headers.get('cache-control') ?? '').not.toContain('public')
    expect(await answer.json()).toMatchObject({ success: false, error: { code: 'not_found' } })
  })
})

describe('a cache on the way that asks again', () => {
  it('is told that the picture stands, and that it is gone once its owner goes private', async () => {
    const [una] = await system.people('una')
    const post = await una.share()
    await system.settle()
    const url = (await una.post(post.post_id)).media[0]?.url ?? ''
    const known = { 'if-none-match': (await get(url)).headers.get('etag') ?? '' }
    const kept = await get(url, known)
    expect([kept.status, kept.headers.get('cache-control')]).toEqual([
      304,
      expect.stringContaining('s-maxage=60'),
    ])
    await una.goPrivate()
    expect((await get(url, known)).status).toBe(404)
    await una.goPublic()
    // Public again it has another address.
    expect((await get(url, known)).status).toBe(404)
    expect((await get((await una.post(post.post_id)).media[0]?.url ?? '')).status).toBe(200)
  })
})

describe('a private account', () => {
  it('has links that a browser keeps for itself and that die within two hours', async () => {
    const [pia] = await system.people('pia')
    await pia.goPrivate()
    await ben.follow(pia)
    await pia.accept(ben)
    const post = await pia.share()
    await system.settle()
    const url = (await ben.post(post.post_id)).media[0]?.url ?? ''
    const answer = await get(url)
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, max-age=3600'])
    expect((await get(url.replace(/&e=\d+/, ''))).status).toBe(404)
    system.clock.advance(2 * 3600_000)
    expect((await get(url)).status).toBe(404)
    await ben.logIn()
    expect((await get((await ben.post(post.post_id)).media[0]?.url ?? '')).status).toBe(200)
    await pia.logIn()
    await pia.block(ben)
    // The links given out so far die with the fact of it, not with the act.
    await system.settle()
    const fresh = (await pia.post(post.post_id)).media[0]?.url ?? ''
    expect((await get(fresh)).status).toBe(200)
  })
})

const FIRST_PIPELINE = [
  { file: '0.webp', edge: 1080, width: 1080, height: 720 },
  { file: '2.webp', edge: 150, width: 150, height: 100 },
  { file: '0.avif', edge: 1080, width: 1080, height: 720 },
]

/** Leaves a post's picture as the first version of the pipeline did: named by the longest edge. */
async function makeOld(post_id: PostId): Promise<void> {
  const { db, objectStore } = system.engines
  const { rows } = await sql<{ recipe: string }>`
    select recipe from media where subject_id = ${post_id}`.execute(db.query)
  const recipe = rows[0]?.recipe ?? ''
  const renditions = []
  for (const { file, edge, width, height } of FIRST_PIPELINE) {
    const [key, format] = [`media/${recipe}/${file}`, file.endsWith('avif') ? 'avif' : 'webp']
    const image = sharp({ create: { width, height, channels: 3, background: '#456' } })
    const bytes = await image.toFormat(format as 'avif' | 'webp').toBuffer()
    const content_type = `image/${format}`
    await objectStore.put(key, bytes, { contentType: content_type })
    const name = `${edge}-${recipe.slice(0, 8)}.${format}`
    renditions.push({ name, key, width, height, content_type, size: bytes.length })
  }
  await sql`
    update media set renditions = ${JSON.stringify(renditions)}::text::jsonb where subject_id = ${post_id}`.execute(
    db.query,
  )
}

describe('a picture of an earlier version', () => {
  it('keeps the addresses it had, each with its file', async () => {
    await ana.logIn()
    const { post_id } = await ana.share()
    await system.settle()
    // Before anybody looks at it, so that nothing is cached.
    await makeOld(post_id)
    const [picture] = (await ana.post(post_id)).media
    expect(picture?.variants).toMatchObject(FIRST_PIPELINE.map(({ width, height }) => ({ width, height })))
    for (const { url, width, content_type } of picture?.variants ?? []) {
      expect(url).toMatch(/\/\d+-\w{8}\.(webp|avif)\?/)
      const answer = await get(url)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, content_type])
      expect((await sharp(Buffer.from(await answer.arrayBuffer())).metadata()).width).toBe(width)
    }
  })
})

describe('an avatar', () => {
  it('is a square of 150, without a right in its link, cached for a day', async () => {
    await ana.logIn()
    const [avatar_upload_id] = await ana.upload([await photo(5, { width: 600, height: 400 })])
    await ana.api.members.update({ body: { avatar_upload_id } })
    await system.settle()
    const url = (await ana.api.members.me()).profile_picture ?? ''
    expect(url).not.toContain('?')
    const answer = await get(url)
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([
      200,
      'public, max-age=86400, s-maxage=60, proxy-revalidate',
    ])
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 150, height: 150, format: 'webp' })
  })

  it('has larger squares for the profile and its member, sharp on any screen', async () => {
    const [avatar_upload_id] = await ana.upload([await photo(6, { width: 1200, height: 900 })])
    await ana.api.members.update({ body: { avatar_upload_id } })
    await system.settle()
    const { profile_picture, profile_picture_variants: squares } = await ben.profile(ana)
    expect(squares.map(({ width, height }) => [width, height])).toEqual([
      [640, 640],
      [320, 320],
      [150, 150],
    ])
    expect(squares.at(-1)?.url).toBe(profile_picture)
    expect((await ana.api.members.me()).profile_picture_variants).toEqual(squares)
    for (const { url, width } of squares) {
      const bytes = Buffer.from(await (await get(url)).arrayBuffer())
      expect(await sharp(bytes).metadata()).toMatchObject({ width, height: width })
    }
  })
})
