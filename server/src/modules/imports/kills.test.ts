import { Person } from '@tintype/testkit'
import { ServerHome } from '@tintype/testkit/server-process'
import { expect, test, vi } from 'vitest'
import { picture, profileOf, send, zipOf } from './imports.suite.ts'

test('a server that is killed in the middle of an import makes each post once', async () => {
  await using home = await ServerHome.make()
  let server = await home.start()
  let ana = await Person.register(server.url, 'ana')
  const names = Array.from({ length: 12 }, (_, n) => `IMG_201401${10 + n}_030405.jpg`)
  const pictures = await Promise.all(names.map(async (name) => [name, await picture()] as const))
  const params = await send(server.url, ana, await zipOf(Object.fromEntries(pictures)))
  const state = () => ana.api.imports.get({ params })
  const reaches = (is: (now: Awaited<ReturnType<typeof state>>) => boolean) =>
    vi.waitFor(async () => expect(is(await state())).toBe(true), { timeout: 60_000, interval: 5 })
  await reaches(({ state: now }) => now === 'checked')
  await ana.api.imports.run({ params })
  await reaches(({ counts }) => counts.processing > 0)
  await server.kill()
  server = await home.start()
  ana = new Person(server.url, 'ana', ana.session)
  await reaches(({ state: now }) => now === 'done')
  expect((await state()).counts).toMatchObject({ done: 12, failed: 0, processing: 0 })
  const days = (await profileOf(ana)).map(({ at }) => at.slice(0, 10))
  expect(days).toEqual(names.map((_, n) => `2014-01-${10 + n}`).toReversed())
}, 180_000)
