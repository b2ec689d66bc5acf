import { readdir, rm, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import type { Media } from '@tintype/contract'
import { type Person, photo, startSystem, type TestSystem } from '@tintype/testkit'
import { sql } from 'kysely'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'

let system: TestSystem
let ana: Person
beforeAll(async () => {
  system = await startSystem()
  ;[ana] = await system.people('ana')
})
afterAll(() => system[Symbol.asyncDispose]())

const get = (url: string, headers: Record<string, string> = {}) =>
  fetch(new URL(url, system.baseUrl), { headers })
const sizeOf = async (answer: Response) => {
  const { width, height } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata()
  return { width, height }
}

async function shared(seed: number): Promise<Media> {
  const edit = { turn: 90, crop: { x: 0.1, y: 0.1, width: 0.7, height: 0.8 }, filter: 'fern' } as const
  const upload_ids = await ana.upload([await photo(seed, { width: 1400, height: 1100 })])
  const post = await ana.api.posts.confirm({ body: { upload_ids, edits: [edit] } })
  await system.settle()
  const [picture] = (await ana.post(post.post_id)).media
  if (!picture) throw new Error('no picture')
  return picture
}

/** Where files of a picture lie on disk (in a bucket none is ever damaged): those of its renditions, or the original. */
async function filesOf({ media_id }: Media, which: 'renditions' | 'original'): Promise<string[]> {
  const { rows } = await sql<{ recipe: string; original_key: string }>`
    select recipe, original_key from media where media_id = ${media_id}`.execute(system.engines.db.query)
  const { recipe = '', original_key = '' } = rows[0] ?? {}
  const start = which === 'original' ? original_key.replaceAll('/', '~') : `media~${recipe}~`
  const all = await readdir(system.system.config.dataDir, { recursive: true, withFileTypes: true })
  const found = all.filter((entry) => entry.isFile() && entry.name.startsWith(start))
  expect(found).not.toEqual([])
  return found.map((entry) => join(entry.parentPath, entry.name))
}

const faults: [string, (path: string) => Promise<void>][] = [
  ['is missing', (path) => rm(path)],
  ['is cut short', (path) => truncate(path, 300)],
  ['is empty', (path) => truncate(path, 0)],
]

describe.skipIf(inject('clusterEngines')).each(faults)('a file of a picture that %s', (_, damage) => {
  it('is made again, of its size and type, for all who ask at once', async () => {
    const picture = await shared(1)
    for (const path of await filesOf(picture, 'renditions')) await damage(path)
    for (const variant of picture.variants) {
      const [first, second] = await Promise.all([get(variant.url), get(variant.url)])
      for (const answer of [first, second])
        expect([answer.status, answer.headers.get('content-type')]).toEqual([200, variant.content_type])
      expect(await sizeOf(first)).toEqual({ width: variant.width, height: variant.height })
      const again = await get(variant.url, { range: 'bytes=0-9' })
      expect([again.status, (await again.arrayBuffer()).byteLength]).toEqual([206, 10])
      const whole = await get(variant.url)
      expect(String((await whole.arrayBuffer()).byteLength)).toBe(whole.headers.get('content-length'))
    }
  })
})

describe.skipIf(inject('clusterEngines'))('a damaged file whose original is gone too', () => {
  it('is not found, and the rest of the picture stands', async () => {
    const picture = await shared(2)
    const [path] = (await filesOf(picture, 'renditions')).filter((name) => name.endsWith('~0.webp'))
    for (const original of await filesOf(picture, 'original')) await rm(original)
    await rm(path ?? '')
    const largest = picture.variants.find(({ content_type }) => content_type === 'image/webp')
    expect((await get(largest?.url ?? '')).status).toBe(404)
    expect((await get(largest?.url ?? '')).status).toBe(404)
    expect((await get(picture.variants[1]?.url ?? '')).status).toBe(200)
  })

  it('is tried again after a minute', async () => {
    const picture = await shared(3)
    const [original] = await filesOf(picture, 'original')
    const { rows } = await sql<{ original_key: string }>`
      select original_key from media where media_id = ${picture.media_id}`.execute(system.engines.db.query)
    const key = rows[0]?.original_key ?? ''
    const { body } = await system.engines.objectStore.get(key)
    const bytes = Buffer.concat(await body.toArray())
    await rm(original ?? '')
    for (const path of await filesOf(picture, 'renditions')) await rm(path)
    expect((await get(picture.url)).status).toBe(404)
    await system.engines.objectStore.put(key, bytes, { contentType: 'image/jpeg' })
    system.clock.advance(61_000)
    expect((await get(picture.url)).status).toBe(200)
  })
})
