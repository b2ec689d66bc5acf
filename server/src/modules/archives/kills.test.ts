import { Person, photo } from '@tintype/testkit'
import { ServerHome } from '@tintype/testkit/server-process'
import { expect, test, vi } from 'vitest'
import { listOf, unzip } from './archive.suite.ts'

test('a server that is killed while it makes an archive goes on with it', async () => {
  await using home = await ServerHome.make()
  let server = await home.start()
  let ana = await Person.register(server.url, 'ana')
  for (const seed of [1, 2, 3])
    await ana.share({
      photos: await Promise.all([1, 2, 3].map((n) => photo(10 * seed + n, { width: 600, height: 400 }))),
    })
  const posts = async () => (await ana.api.members.profile({ params: ana })).posts_count
  await vi.waitFor(async () => expect(await posts()).toBe(3), { timeout: 60_000, interval: 50 })
  await ana.prove()
  const { export_id } = await ana.api.exports.create()
  const state = async () => (await ana.api.exports.list()).exports[0]
  // Before or in the first piece, and after it.
  for (const done of [0, 1]) {
    await vi.waitFor(async () => expect((await state())?.done).toBeGreaterThanOrEqual(done), {
      timeout: 60_000,
      interval: 2,
    })
    await server.kill()
    server = await home.start()
    ana = new Person(server.url, 'ana', ana.session)
  }
  await vi.waitFor(async () => expect((await state())?.state).toBe('ready'), {
    timeout: 60_000,
    interval: 20,
  })
  const { url } = await ana.api.exports.link({ params: { export_id } })
  const files = await unzip(Buffer.from(await (await fetch(server.url + url)).arrayBuffer()))
  expect([...files.keys()].filter((name) => name.startsWith('media/'))).toHaveLength(9)
  expect(listOf(files, 'posts')).toHaveLength(3)
  expect((await state())?.size).toBe(Number((await fetch(server.url + url)).headers.get('content-length')))
}, 240_000)
