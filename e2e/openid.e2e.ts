import { freePorts } from '@tintype/testkit/free-ports'
import { OpenIdIssuer } from '@tintype/testkit/openid-issuer'
import { afterAll, expect, it } from 'vitest'
import { barriers } from './axe.ts'
import { openAndWait } from './rest.ts'
import { openStage } from './stage.ts'

const [port = 0] = await freePorts(1)
const SITE = `http://127.0.0.1:${port}`
const issuer = await OpenIdIssuer.start({
  redirectUri: `${SITE}/auth/openid/callback`,
  pupils: {
    ada: {
      preferred_username: 'ada.example',
      name: 'Ada Example',
      email: 'ada@school.example',
      email_verified: true,
    },
  },
})
const stage = openStage((system) => system.people('olga', 'ben'), {
  PORT: String(port),
  PUBLIC_URL: SITE,
  OIDC_NAME: 'Example School',
  ...issuer.settings,
})

afterAll(() => issuer[Symbol.asyncDispose]())

it('somebody of the school comes in for the first time, again, and a member links theirs', async () => {
  const page = await stage.visit({ size: 'phone' })
  await openAndWait(page, '/login')
  await page.getByRole('button', { name: 'Log in with Example School' }).click()
  await page.getByLabel('Name', { exact: true }).fill('ada')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByText('You are new here').waitFor()
  await page.getByText('Known from Example School.').waitFor()
  expect(await page.getByLabel('Username').inputValue()).toBe('ada.example')
  expect(await barriers(page, 'first log-in')).toEqual([])
  await page.getByRole('button', { name: 'Sign up' }).click()
  await page.waitForURL('**/')
  await openAndWait(page, '/settings/security')
  await page.getByText('You have no password yet').waitFor()
  expect(await barriers(page, 'linked log-in')).toEqual([])

  const desktop = await stage.visit()
  await openAndWait(desktop, '/saved')
  await desktop.getByRole('button', { name: 'Log in with Example School' }).click()
  await desktop.getByLabel('Name', { exact: true }).fill('ada')
  await desktop.getByRole('button', { name: 'Continue' }).click()
  await desktop.waitForURL('**/saved')
  await desktop.getByRole('heading', { name: 'Saved' }).waitFor()

  const other = await stage.visit({ as: { username: 'ben' } })
  await openAndWait(other, '/settings/security')
  await other.getByRole('button', { name: 'Link Example School' }).click()
  await other.getByLabel('Name', { exact: true }).fill('ada')
  await other.getByRole('button', { name: 'Continue' }).click()
  await other.getByText('This log-in belongs to another account here.').waitFor()
})
