import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { startSystem } from '@tintype/testkit'
import { expect, test } from 'vitest'

/** What of docs/decisions/0042-breakers.md needs no engines of a cluster; database and workers have tests of their own (database-kills, crash). */
test('objects away: posts are read, pictures and uploads say so, and all is there when they are back', async () => {
  await using system = await startSystem()
  const [ana, ben] = await system.people('ana', 'ben')
  await ben.follow(ana)
  const post = await ana.share({ caption: 'Harbour' })
  await system.settle()
  const objects = join(system.system.config.dataDir, 'objects')
  await rename(objects, `${objects}.away`)
  const ready = await fetch(`${system.baseUrl}/ready`)
  expect(await ready.json()).toMatchObject({ checks: { database: 'ok', object_store: 'failed' } })
  expect(ready.status).toBe(200)
  expect(await ben.home()).toEqual([post.post_id])
  const [medium] = (await ben.post(post.post_id)).media
  expect(medium?.thumbhash).toBeTruthy()
  const picture = () => fetch(new URL(medium?.url ?? '', system.baseUrl))
  expect((await picture()).ok).toBe(false)
  await ben.like(post)
  await expect(ana.share()).rejects.toThrow()
  await rename(`${objects}.away`, objects)
  expect((await picture()).status).toBe(200)
  const next = await ana.share()
  await system.settle()
  expect(await ben.home()).toEqual([next.post_id, post.post_id])
  expect((await ben.post(post.post_id)).likes_count).toBe(1)
})
