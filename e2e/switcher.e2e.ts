import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { barriers } from './axe.ts'
import { fillLogIn, PASSWORD } from './pages/account.ts'
import { openStage } from './stage.ts'

const stage = openStage(async (system) => {
  const [olga, ana, ben, cleo] = await system.people('olga', 'ana', 'ben', 'cleo')
  await ana.follow(olga)
  await ben.follow(cleo)
  await olga.share({ caption: 'A plate of olga’s' })
  await cleo.share({ caption: 'A plate of cleo’s' })
  for (const [one, other] of [
    [ana, olga],
    [ben, cleo],
  ] as const)
    await one.api.messages.send({
      params: await one.api.conversations.create({ body: { usernames: [other.username] } }),
      body: {
        client_message_id: crypto.randomUUID(),
        text: `Hello ${other.username}, it is ${one.username}`,
      },
    })
  await system.settle()
})

const openAccounts = async (page: Page) => {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'More' }).click()
  await page.getByRole('button', { name: 'Switch account' }).click()
  return page.getByRole('dialog', { name: 'Accounts in this browser' })
}
/** Whose home it is: ana follows olga, and ben cleo. */
async function homeOf(page: Page, author: 'olga' | 'cleo', stranger: 'olga' | 'cleo') {
  await page.getByText(`A plate of ${author}’s`).waitFor()
  expect(await page.getByText(`A plate of ${stranger}’s`).count()).toBe(0)
}
const chatWith = (page: Page, name: string) =>
  page.getByRole('link', { name: new RegExp(`^${name}`) }).first()
const goOnAs = (page: Page, name: string) => page.getByRole('button', { name: `Go on as ${name}` })

it('two accounts in one browser: each sees its own, in every tab, and a log-out of one leaves the other', async () => {
  const page = await stage.visit({ as: { username: 'ana' } })
  await homeOf(page, 'olga', 'cleo')
  // What is begun stays its writer's.
  await page.goto('/direct/inbox')
  await chatWith(page, 'olga').click()
  await page.getByRole('textbox', { name: 'Message' }).fill('A draft of ana’s')
  const beside = await page.context().newPage()
  await beside.goto('/direct/inbox')
  await chatWith(beside, 'olga').waitFor()

  const problems: string[] = []
  const dialog = await openAccounts(page)
  await dialog.getByText('In use').waitFor()
  problems.push(...(await barriers(page, 'one account')))
  await dialog.getByRole('button', { name: 'Add an account' }).click()
  await goOnAs(page, 'ana').waitFor()
  problems.push(...(await barriers(page, 'a log-in beside an account')))
  await fillLogIn(page, 'ben', PASSWORD)
  await homeOf(page, 'cleo', 'olga')
  // The tab that showed the other one has begun anew.
  await homeOf(beside, 'cleo', 'olga')
  await page.goto('/direct/inbox')
  await chatWith(page, 'cleo').waitFor()
  expect(await chatWith(page, 'olga').count()).toBe(0)

  await openAccounts(page)
  problems.push(...(await barriers(page, 'two accounts')))
  await goOnAs(page, 'ana').click()
  await homeOf(page, 'olga', 'cleo')
  await homeOf(beside, 'olga', 'cleo')
  await page.goto('/direct/inbox')
  await chatWith(page, 'olga').click()
  await expect
    .poll(() => page.getByRole('textbox', { name: 'Message' }).inputValue())
    .toBe('A draft of ana’s')

  await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'More' }).click()
  await page.getByRole('button', { name: 'Log out' }).click()
  await goOnAs(page, 'ben').waitFor()
  expect(await goOnAs(page, 'ana').count()).toBe(0)
  await goOnAs(page, 'ben').click()
  await homeOf(page, 'cleo', 'olga')
  expect(problems).toEqual([])
})
