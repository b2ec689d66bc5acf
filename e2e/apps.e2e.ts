import { expect, it } from 'vitest'
import { barriers } from './axe.ts'
import { fillLogIn, PASSWORD } from './pages/account.ts'
import { openStage } from './stage.ts'
import { ThirdParty } from './third-party.ts'

const stage = openStage(async (system) => {
  const [, ana, ben] = await system.people('olga', 'ana', 'ben')
  await ben.follow(ana)
  await ana.share({ caption: 'Evening light' })
  await system.settle()
})

it('a third-party app logs somebody in, reads their home, is ended, and is refused', async () => {
  await using app = await ThirdParty.start(stage.system.baseUrl)
  const page = await stage.visit({ size: 'phone' })
  await page.goto(app.url)
  await fillLogIn(page, 'ben', PASSWORD)
  await page.getByRole('heading', { name: 'Let Darkroom Printer use your account?' }).waitFor()
  await page.getByText('nobody here answers for its name').waitFor()
  await page.getByText('See what you see').waitFor()
  expect(await page.getByText('Read and write your messages').count()).toBe(0)
  expect(await barriers(page, 'consent')).toEqual([])
  // Nor is it shown within a page of somebody else's, where what is pressed is not what is seen.
  const headers = (await page.request.get(page.url())).headers()
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
  expect(headers['x-frame-options']).toBe('DENY')
  await page.getByRole('button', { name: 'Don’t allow' }).click()
  await page.getByText('access_denied').waitFor()
  await page.goto(app.url)
  await page.getByRole('button', { name: 'Allow', exact: true }).click()
  await page.getByText('Home: Evening light').waitFor()
  expect(new URL(page.url()).searchParams.get('state')).toBe('12345678901234567890')

  await page.goto('/settings/apps')
  await page.getByText('Darkroom Printer').waitFor()
  await page.getByRole('button', { name: 'End what Darkroom Printer is allowed' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'End' }).click()
  await page.getByText('No other app uses your account').waitFor()
  await page.goto(`${app.url}/home`)
  await page.getByText('unauthorized').waitFor()
})
