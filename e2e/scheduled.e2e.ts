import { expect, it } from 'vitest'
import { barriers } from './axe.ts'
import { compose } from './pages/composer.ts'
import { quiet } from './rest.ts'
import { openStage } from './stage.ts'

const stage = openStage(async ({ clock }) => {
  // The page's clock is the real one.
  clock.advance(Date.now() - clock.now())
})

it('a post is left for later, found under Scheduled posts, and published when its time has come', async () => {
  const { system } = stage
  const [ana, ben] = await system.people('ana', 'ben')
  await ben.follow(ana)
  const page = await stage.visit({ as: ana, size: 'phone' })
  await quiet(page)
  await compose(page, {
    photograph: 'acanthus',
    caption: 'For later',
    description: 'A leaf',
    isForLater: true,
  })
  await page.getByRole('button', { name: 'View' }).click()
  await page.waitForURL('**/settings/scheduled')
  const card = page.getByRole('article').filter({ hasText: 'For later' })
  await card.getByRole('img').waitFor()
  await quiet(page)
  expect(await barriers(page, 'scheduled posts')).toEqual([])
  await card.getByRole('button', { name: /What to do/ }).click()
  await page.getByRole('button', { name: 'Edit' }).click()
  const dialog = page.getByRole('dialog', { name: 'Edit the scheduled post' })
  await dialog.getByLabel('Caption').fill('In good time')
  await quiet(page)
  expect(await barriers(page, 'editing one')).toEqual([])
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByText('In good time').waitFor()
  expect(await ben.home()).toEqual([])

  // Its session ends meanwhile.
  await page.goto('about:blank')
  await system.pass(3 * 3600)
  await system.system.schedules
    .find(({ name }) => name === 'scheduled.publish')
    ?.run(new AbortController().signal)
  await system.settle()
  await ben.logIn()
  expect(await ben.home()).toHaveLength(1)
})
