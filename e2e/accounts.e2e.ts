import { totpCode } from '@tintype/testkit/authenticator'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { barriers } from './axe.ts'
import { fillLogIn, PASSWORD } from './pages/account.ts'
import { openStage } from './stage.ts'

const stage = openStage()

/** A device that holds passkeys and always sees the right finger. */
async function plugIn(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

const atHome = (page: Page) => page.getByRole('navigation', { name: 'Main' }).first().waitFor()

it('an account that holds: an authenticator app, a passkey, and a proof before what is dangerous', async () => {
  const [, ana] = await stage.system.people('olga', 'ana')
  const page = await stage.visit()
  await plugIn(page)
  // Passkeys are made for a name, and numbers are none.
  const open = (path: string) => page.goto(stage.system.baseUrl.replace('127.0.0.1', 'localhost') + path)
  await open('/login')
  await fillLogIn(page, ana.username, PASSWORD)
  await atHome(page)
  const problems: string[] = []

  await open('/settings/security')
  await page.getByRole('button', { name: 'Set up an authenticator app' }).click()
  const secret = (await page.locator('code').innerText()).replaceAll(' ', '')
  problems.push(...(await barriers(page, 'the QR code')))
  const code = () => totpCode(secret, stage.system.clock.now())
  await page.getByLabel('Code that the app shows').fill(code())
  await page.getByRole('button', { name: 'Turn on' }).click()
  const kept = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
  const recovery = await kept.first().innerText()
  await page.getByRole('button', { name: 'I have kept them' }).click()

  // Later, in a session that was left open.
  stage.system.clock.advance(700_000)
  await page.getByLabel('Name of the new passkey').fill('My laptop')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  const dialog = page.getByRole('dialog', { name: 'Is it you?' })
  await dialog.getByLabel('Your password').fill(PASSWORD)
  await dialog.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('list', { name: 'Passkeys' }).getByText('My laptop').waitFor()
  problems.push(...(await barriers(page, 'passkeys')))

  const logOut = async () => {
    await page.context().clearCookies()
    await page.evaluate(() => localStorage.clear())
    await open('/login')
  }
  await logOut()
  await page.getByRole('button', { name: 'Log in with a passkey' }).click()
  await atHome(page)

  await logOut()
  await fillLogIn(page, ana.username, PASSWORD)
  await page.getByRole('heading', { name: 'One more step' }).waitFor()
  problems.push(...(await barriers(page, 'the second step')))
  await page.getByLabel('Code of your authenticator app').fill(code())
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await atHome(page)

  await logOut()
  await fillLogIn(page, ana.username, PASSWORD)
  await page.getByRole('button', { name: 'Use a passkey' }).click()
  await atHome(page)

  await logOut()
  await fillLogIn(page, ana.username, PASSWORD)
  await page.getByRole('button', { name: 'No phone? Use a recovery code' }).click()
  await page.getByLabel('Recovery code').fill(recovery)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await atHome(page)
  expect(problems).toEqual([])
})
