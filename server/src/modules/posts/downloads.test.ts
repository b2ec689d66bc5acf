import { photo, startSystem, type TestSystem } from '@tintype/testkit'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'

let system: TestSystem
beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system[Symbol.asyncDispose]())

const refused = { code: 'download_refused' }

test('photographs are taken along where their author lets one, whole, without metadata, by a name of their own', async () => {
  const [ana, ben] = await system.people('ana', 'ben')
  const photos = [await photo(1, { width: 300, height: 200 }), await photo(2, { width: 64, height: 64 })]
  const post = await ana.share({ photos, downloads_allowed: true })
  await system.settle()
  expect((await ben.post(post.post_id)).downloads_allowed).toBe(true)
  for (const viewer of [ben, system.visitor()]) {
    const found = await viewer.api.downloads.ofPost({ params: post })
    expect(found).toMatchObject([
      { filename: 'ana-2026-01-01-1.webp', width: 300, height: 200, content_type: 'image/webp' },
      { filename: 'ana-2026-01-01-2.webp', width: 64, height: 64 },
    ])
    const file = await fetch(new URL(found[0]?.url ?? '', system.baseUrl))
    const { width, exif } = await sharp(Buffer.from(await file.arrayBuffer())).metadata()
    expect({ width, exif }).toEqual({ width: 300, exif: undefined })
  }
})

test('nobody takes along what its author keeps, nor what they do not see', async () => {
  const [cleo, dora] = await system.people('cleo', 'dora')
  const kept = await cleo.share()
  await system.settle()
  const of = (by: typeof dora, post: typeof kept) => by.api.downloads.ofPost({ params: post })
  await expect(of(dora, kept)).rejects.toMatchObject(refused)
  expect(await of(cleo, kept)).toHaveLength(1)
  await cleo.api.posts.edit({ params: kept, body: { downloads_allowed: true } })
  expect(await of(dora, kept)).toHaveLength(1)
  await cleo.api.posts.edit({ params: kept, body: { caption: 'as it was' } })
  expect(await of(dora, kept)).toHaveLength(1)
  await cleo.goPrivate()
  await expect(of(dora, kept)).rejects.toMatchObject({ code: 'not_found' })
  await expect(of(system.visitor() as typeof dora, kept)).rejects.toMatchObject({ code: 'not_found' })
})

test('what a member has set holds for posts to come, unless one says otherwise', async () => {
  const [emil, fay] = await system.people('emil', 'fay')
  expect((await emil.api.postSettings.get()).downloads_allowed).toBe(false)
  const before = await emil.share()
  await emil.api.postSettings.change({ body: { downloads_allowed: true } })
  const [after, kept] = [await emil.share(), await emil.share({ downloads_allowed: false })]
  await system.settle()
  expect(await fay.api.downloads.ofPost({ params: after })).toHaveLength(1)
  for (const post of [before, kept])
    await expect(fay.api.downloads.ofPost({ params: post })).rejects.toMatchObject(refused)
  await emil.api.postSettings.change({ body: { likes_hidden: true } })
  expect((await emil.api.postSettings.get()).downloads_allowed).toBe(true)
})
