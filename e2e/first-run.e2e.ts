import { expect, it } from 'vitest'
import { barriers } from './axe.ts'
import { fillAccount } from './pages/account.ts'
import { openStage } from './stage.ts'

const stage = openStage()

it('leads the first visitor from an empty server to a named place of their own', async () => {
  const page = await stage.visit()
  await page.goto('/')
  await page.waitForURL('**/setup')
  await page.getByLabel('Name', { exact: true }).waitFor()
  expect(await barriers(page, 'set-up')).toEqual([])
  await page.getByLabel('Name', { exact: true }).fill('The Photo Club')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('radio', { name: /By invitation/ }).check({ force: true })
  await page.getByRole('button', { name: 'Continue' }).click()
  await fillAccount(page, { username: 'olga', name: 'The Owner' })
  await page.getByRole('button', { name: 'Open the doors' }).click()
  await page.getByRole('heading', { name: 'Invite the others' }).waitFor()
  expect(await barriers(page, 'invite')).toEqual([])
  await page.getByRole('button', { name: 'New invitation' }).click()
  await page.getByRole('button', { name: 'Copy link' }).waitFor()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('heading', { name: 'The Photo Club is open' }).waitFor()
  await page.getByRole('button', { name: 'Later, show me around' }).click()
  await page.getByRole('navigation', { name: 'Main' }).first().waitFor()

  const stranger = await stage.visit({ size: 'phone' })
  await stranger.goto('/signup')
  await stranger.getByText('This community is by invitation. Enter the code you were given.').waitFor()
  expect(await stage.system.visitor().api.community.get({})).toMatchObject({
    name: 'The Photo Club',
    registration: 'invitation',
    is_set_up: true,
  })
})
