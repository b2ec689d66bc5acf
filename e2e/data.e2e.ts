import { readFile } from 'node:fs/promises'
import { Person, photo } from '@tintype/testkit'
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js'
import { expect, it } from 'vitest'
import { barriers } from './axe.ts'
import { openAndWait, quiet } from './rest.ts'
import { openStage } from './stage.ts'

const stage = openStage(async (system) => {
  const [, ana] = await system.people('olga', 'ana')
  await ana.share({ caption: 'At the pier' })
  await system.settle()
})

it('a member has an archive made, is told, and downloads it', async () => {
  const page = await stage.visit({ as: { username: 'ana' }, size: 'phone' })
  await openAndWait(page, '/settings/data')
  await quiet(page)
  expect(await barriers(page, 'data')).toEqual([])
  // The log-in was a moment ago; an hour later the proof is asked for again.
  stage.system.clock.advance(1_800_000)
  await page.getByRole('button', { name: 'Make an archive' }).click()
  await page.getByLabel('Your password').fill(Person.password)
  await page.getByRole('dialog').getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: /^Download the archive/ }).waitFor()
  await quiet(page)
  expect(await barriers(page, 'archive')).toEqual([])
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: /^Download the archive/ }).click()
  const download = await coming
  expect(download.suggestedFilename()).toMatch(/^tintype-ana-.*\.zip$/)
  expect((await readFile(await download.path())).subarray(0, 4).toString('latin1')).toBe('PK\x03\x04')

  await openAndWait(page, '/notifications')
  await page.getByText('The archive of your data is ready.').waitFor()
  await page.getByRole('link', { name: 'Download it' }).click()
  await page.getByRole('button', { name: /^Delete the archive/ }).click()
  await page.getByRole('button', { name: 'Make an archive' }).waitFor()
})

it('a member brings their pictures along: sees what is in the archive, and has it on their profile', async () => {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false })
  const { bytes } = await photo(77)
  const add = (name: string, data: Uint8Array) => writer.add(name, new Uint8ArrayReader(data))
  await add('media/posts/a.jpg', new Uint8Array(bytes))
  const posts = [
    { media: [{ uri: 'media/posts/a.jpg', creation_timestamp: 1_500_000_000, title: 'Long ago' }] },
    { media: [{ uri: 'media/posts/lost.jpg', creation_timestamp: 1_500_000_000, title: 'Lost' }] },
  ]
  await add('your_instagram_activity/media/posts_1.json', Buffer.from(JSON.stringify(posts)))
  const page = await stage.visit({ as: { username: 'ana' } })
  await openAndWait(page, '/settings/data')
  const buffer = Buffer.from(await writer.close())
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'instagram.zip', mimeType: 'application/zip', buffer })
  await page.getByText('1 item can be imported').waitFor()
  await page.getByRole('button', { name: 'Why?' }).click()
  await page.getByText('media/posts/lost.jpg').waitFor()
  await quiet(page)
  expect(await barriers(page, 'import')).toEqual([])
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await page.getByText('1 item imported').waitFor()
  const { items } = await stage.system.visitor().api.feed.user({ params: { username: 'ana' } })
  expect(items.map(({ caption }) => caption)).toContain('Long ago')
})
