import { expect, it } from 'vitest'
import { barriers } from './axe.ts'
import { fillLogIn } from './pages/account.ts'
import { atRest, openAndWait, quiet, written } from './rest.ts'
import { openStage } from './stage.ts'

const stage = openStage()

it('a changed password ends the other sessions and opens the next', async () => {
  const [, ana] = await stage.system.people('olga', 'ana')
  const here = await stage.visit({ as: ana })
  const there = await stage.visit({ as: ana, size: 'phone' })
  await there.goto('/')
  await there.getByRole('navigation', { name: 'Main' }).waitFor()

  await here.goto('/settings/password')
  await here.getByLabel('New password').fill('another quiet evening outside')
  await here.getByRole('button', { name: 'Change password' }).click()
  await here.getByText('Password changed. Other sessions were ended.').waitFor()

  await there.goto('/notifications')
  await there.waitForURL('**/login*')
  await fillLogIn(there, 'ana', 'another quiet evening outside')
  await there.waitForURL('**/notifications')
})

it('lists where one is logged in, and ends what one does not know', async () => {
  const [bea] = await stage.system.people('bea')
  const phone = await stage.visit({
    as: bea,
    userAgent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
  })
  const desk = await stage.visit({ as: bea })
  await desk.goto('/settings/sessions')
  await desk.getByText('This one').waitFor()
  await desk.getByRole('button', { name: /End the session on Safari/ }).click()
  await desk.getByText('Session ended').waitFor()
  await phone.goto('/')
  await phone.waitForURL('**/login*')
})

it('limits strangers for a while: what one says waits, and is let through', async () => {
  const [dora, stranger] = await stage.system.people('dora', 'stranger')
  const post = await dora.share({})
  const page = await stage.visit({ as: dora })
  await page.goto('/settings/limit')
  await page.getByRole('button', { name: 'Limit for now' }).click()
  await page.getByText(/^On until/).waitFor()
  await stranger.comment(post, 'who are you')
  await page.goto('/settings/posts')
  await page.getByRole('button', { name: 'Approve the comment by stranger' }).click()
  await page.getByText('Everybody sees the comment now').waitFor()
  await page.goto('/settings/limit')
  await page.getByRole('button', { name: 'End it now' }).click()
  await page.getByText('No longer limited').waitFor()
})

it('reminds of the time that is spent, and leads to the setting', async () => {
  const [eva] = await stage.system.people('eva')
  const page = await stage.visit({ as: eva, size: 'phone' })
  await page.clock.install()
  await page.goto('/settings/time')
  await page.getByLabel('Daily reminder').selectOption('15 min')
  await written(page)
  await quiet(page)
  await page.evaluate((id) => {
    const now = new Date()
    const two = (value: number) => String(value).padStart(2, '0')
    const today = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
    localStorage.setItem('tintype.time', JSON.stringify({ [id]: { days: { [today]: 95 }, last: 0 } }))
  }, eva.id)
  const reminder = page.getByRole('dialog', { name: 'Time for a break?' })
  await page.clock.runFor(11_000)
  await reminder.getByText(/^You have been here for \d+ min today/).waitFor()
  await atRest(page)
  expect(await barriers(page, 'reminder')).toEqual([])
  await reminder.getByRole('link', { name: 'Change the reminder' }).click()
  await reminder.waitFor({ state: 'hidden' })
  await page
    .getByRole('listitem')
    .filter({ hasText: 'Today' })
    .getByText(/^\d+ min$/)
    .waitFor()
})

it('keeps the chosen appearance', async () => {
  const [cyd] = await stage.system.people('cyd')
  const page = await stage.visit({ as: cyd, scheme: 'light' })
  await openAndWait(page, '/settings/appearance')
  const before = await background(page)
  await page.getByRole('radio', { name: 'Dark' }).check({ force: true })
  await expect.poll(() => background(page), { timeout: 10_000 }).not.toBe(before)
  await atRest(page)
  const dark = await background(page)
  await page.reload()
  await page.getByRole('radio', { name: 'Dark' }).waitFor()
  await atRest(page)
  expect(await background(page)).toBe(dark)
})

const background = (page: { evaluate<R>(fn: () => R): Promise<R> }) =>
  page.evaluate(() => getComputedStyle(document.body).backgroundColor)
