import { recorded } from '@tintype/testkit/media/camera'
import { expect, test } from 'vitest'
import type { PackagerNews } from './messages.ts'
import { PackagerProcess } from './packager-process.ts'

/** All that it says of what it is sent at once, by a listener that is slow at first. */
async function said(film: Buffer): Promise<{ news: PackagerNews[]; fault: string | undefined }> {
  const news: PackagerNews[] = []
  const { promise, resolve } = Promise.withResolvers<string | undefined>()
  const packager = new PackagerProcess(
    { format: 'matroska', copy: true, lower: [], threads: 1 },
    {
      hear(one) {
        if (news.length === 0) for (const end = performance.now() + 1500; performance.now() < end; );
        news.push(one)
      },
      ended: resolve,
    },
  )
  packager.write(film)
  packager.finish()
  return { fault: await promise, news }
}

test('all that was sent becomes parts, to the last second', { timeout: 60_000 }, async () => {
  const { news, fault } = await said(await recorded({ seconds: 20 }))
  expect(fault).toBeUndefined()
  const seconds = news.reduce((sum, one) => sum + ('part' in one ? one.part.seconds : 0), 0)
  expect(seconds).toBeGreaterThan(19)
})
