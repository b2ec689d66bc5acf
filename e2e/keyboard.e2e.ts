import type { Page } from 'playwright-core'
import { it } from 'vitest'
import { PASSWORD } from './pages/account.ts'
import { photographFile } from './pages/composer.ts'
import { postBy } from './pages/post.ts'
import { openStage } from './stage.ts'

const stage = openStage((system) => system.people('olga'))

it('goes from sign-up to a posted picture by keyboard alone', async () => {
  const page = await stage.visit()
  await page.goto('/signup')
  for (const [label, value] of [
    ['E-mail', 'kay@example.org'],
    ['Name', 'Kay'],
    ['Username', 'kay'],
    ['Password', PASSWORD],
  ] as const) {
    await tabTo(page, 'textbox', label)
    await page.keyboard.type(value)
  }
  await page.keyboard.press('Enter')
  await page.getByRole('navigation', { name: 'Main' }).waitFor()

  await tabTo(page, 'button', 'Create')
  await page.keyboard.press('Enter')
  await tabTo(page, 'button', 'Post')
  await page.keyboard.press('Enter')
  await tabTo(page, 'button', 'Choose files')
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')])
  await chooser.setFiles(photographFile('butterfly'))
  await tabTo(page, 'radio', 'Original')
  await page.keyboard.press('ArrowRight')
  await tabTo(page, 'button', 'Next')
  await page.keyboard.press('Enter')
  await tabTo(page, 'radio', 'Original')
  await page.keyboard.press('ArrowRight')
  await tabTo(page, 'button', 'Next')
  await page.keyboard.press('Enter')
  await tabTo(page, 'textbox', 'Caption')
  await page.keyboard.type('Without a mouse')
  await tabTo(page, 'button', 'Share')
  await page.keyboard.press('Enter')
  const mine = postBy(page, 'kay')
  await mine.getByText('Without a mouse').waitFor()
  await mine.getByRole('button', { name: 'Like', exact: true }).waitFor({ timeout: 20_000 })
})

/** Presses Tab until the focus is on what a screen reader would call so; fails where Tab never comes by. */
async function tabTo(page: Page, role: 'button' | 'textbox' | 'radio', name: string): Promise<void> {
  const target = page
    .getByRole(role, { name, exact: true })
    .or(page.getByLabel(name, { exact: true }))
    .first()
  await target.waitFor()
  for (let presses = 0; presses < 60; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach the ${role} “${name}”`)
}
