import { readFile } from 'node:fs/promises'
import { Person } from '@tintype/testkit'
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
