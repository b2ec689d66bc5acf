import type { Page } from 'playwright-core'

export interface Newcomer {
  username: string
  name?: string
  password?: string
}

export const PASSWORD = 'correct horse battery staple'

/** Fills the fields of the sign-up form, wherever it stands. */
export async function fillAccount(page: Page, { username, name = username, password = PASSWORD }: Newcomer) {
  await page.getByLabel('E-mail').fill(`${username}@example.org`)
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(password)
}

export async function signUp(page: Page, newcomer: Newcomer): Promise<void> {
  await page.goto('/signup')
  await fillAccount(page, newcomer)
  await page.getByRole('button', { name: 'Sign up' }).click()
  await page.getByRole('navigation', { name: 'Main' }).first().waitFor()
}

/** Ends on the home screen. */
export async function logIn(page: Page, username: string, password = PASSWORD): Promise<void> {
  await page.goto('/login')
  await fillLogIn(page, username, password)
  await page.getByRole('navigation', { name: 'Main' }).first().waitFor()
}

export async function fillLogIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel('Username or e-mail').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
}
