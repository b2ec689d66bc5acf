import { photo } from '@tintype/testkit'
import type { Page, Route } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { PASSWORD } from './pages/account.ts'
import { openAndWait } from './rest.ts'
import { openStage } from './stage.ts'

const stage = openStage()

/** Says that it is no phone, however narrow its window. */
const DESKTOP =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

/** Lets the page come, and none of the app's code until the returned function is called. */
async function holdTheApp(page: Page): Promise<() => Promise<void>> {
  const held: Route[] = []
  let open = false
  await page.route('**/assets/*.js', async (route) => {
    if (open) await route.continue()
    else held.push(route)
  })
  return async () => {
    open = true
    await Promise.all(held.splice(0).map((route) => route.continue()))
  }
}

/** What moved, and what was asked of the API, since the page began. */
async function watch(page: Page): Promise<{ shifts: () => Promise<number>; asked: string[] }> {
  await page.addInitScript(() => {
    const shifts = { sum: 0, ready: false }
    document.addEventListener('tintype:ready', () => Object.assign(shifts, { ready: true }))
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        shifts.sum += (entry as PerformanceEntry & { value: number }).value
    }).observe({ type: 'layout-shift', buffered: true })
    Object.assign(globalThis, { shifts })
  })
  const asked: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.startsWith('/api/')) asked.push(pathname)
  })
  const shifts = () => page.evaluate(() => (globalThis as unknown as { shifts: { sum: number } }).shifts.sum)
  return { shifts, asked }
}

it.each(['phone', 'desktop'] as const)(
  'a shared post is there before the app, and stays where it is: %s',
  async (size) => {
    const [person] = await stage.system.people(`mara.${size}`)
    const post = await person.share({
      caption: 'Fog on the quay',
      photos: [await photo(5)],
      alt_texts: ['Fog'],
    })
    await stage.settle()
    const page = await stage.visit({ size })
    const { shifts, asked } = await watch(page)
    const release = await holdTheApp(page)
    await page.goto(`/p/${post.post_id}`, { waitUntil: 'commit' })
    const picture = page.locator('img[alt=Fog]')
    await picture.waitFor()
    await page.getByText('Fog on the quay').first().waitFor()
    const before = await picture.boundingBox()
    const menu = page.getByRole('button', { name: 'Options for this post' })
    // Pressed too early, it opens when it can.
    await menu.click()
    await release()
    await page.getByRole('menu').or(page.getByRole('dialog')).first().waitFor()
    expect(await picture.boundingBox()).toEqual(before)
    expect(await shifts()).toBe(0)
    expect(asked.filter((path) => path.includes(post.post_id))).toEqual([])
  },
)

it('what is pressed on a page drawn for another width is pressed where it is drawn anew', async () => {
  const [lena] = await stage.system.people('lena')
  const post = await lena.share({ caption: 'Low tide', photos: [await photo(5)] })
  await stage.settle()
  const page = await stage.visit({ size: 'phone', userAgent: DESKTOP })
  const release = await holdTheApp(page)
  await page.goto(`/p/${post.post_id}`, { waitUntil: 'commit' })
  await page.getByRole('button', { name: 'View full screen' }).click()
  await release()
  await page.getByRole('dialog', { name: 'Pictures by lena' }).waitFor()
})

it('what is typed and sent before the app is there logs in', async () => {
  await stage.system.people('nele')
  const page = await stage.visit({ size: 'phone' })
  const release = await holdTheApp(page)
  await page.goto('/login', { waitUntil: 'commit' })
  await page.getByLabel('Username or e-mail').fill('nele')
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  expect(new URL(page.url()).search).toBe('')
  await release()
  await page.getByRole('navigation', { name: 'Main' }).first().waitFor()
})

it('what is typed and sent before the app is there changes a password, in a screen within a screen', async () => {
  const [, nora] = await stage.system.people('nils', 'nora')
  const page = await stage.visit({ as: nora })
  const release = await holdTheApp(page)
  await page.goto('/settings/password', { waitUntil: 'commit' })
  await page.getByLabel('New password').fill('another quiet evening outside')
  await page.getByRole('button', { name: 'Change password' }).click()
  await release()
  await page.getByText('Password changed. Other sessions were ended.').waitFor()
})

it('home is there at once for a member, whose app asks for none of it again', async () => {
  const [olav, pia] = await stage.system.people('olav', 'pia')
  await pia.follow(olav)
  await olav.share({ caption: 'First light' })
  await stage.settle()
  const page = await stage.visit({ as: pia, size: 'phone' })
  const { shifts, asked } = await watch(page)
  const release = await holdTheApp(page)
  await page.goto('/', { waitUntil: 'commit' })
  await page.getByText('First light').waitFor()
  await release()
  await page.waitForFunction(() => (globalThis as unknown as { shifts: { ready: boolean } }).shifts.ready)
  // The cards' heights are guessed until they are measured.
  expect(await shifts()).toBeLessThan(0.02)
  expect(asked.filter((path) => path.endsWith('/feed/home'))).toEqual([])
  await page.getByRole('button', { name: 'Like', exact: true }).first().click()
  await page.getByRole('button', { name: 'Unlike', exact: true }).first().waitFor()
})

describe('what a browser remembers by itself', () => {
  const remembered = {
    'tintype.sort': 'chronological',
    'tintype.sharing': '1',
    'tintype.keys': 'off',
    'tintype.theme': 'dark',
  }

  it('changes nothing that the server has drawn until that is taken over', async () => {
    const [quin, rosa] = await stage.system.people('quin', 'rosa')
    await rosa.follow(quin)
    const post = await quin.share({ caption: 'Second light' })
    await stage.settle()
    const page = await stage.visit({ as: rosa })
    await page.evaluate((stored) => Object.assign(localStorage, stored), remembered)
    for (const path of [
      '/',
      `/p/${post.post_id}`,
      '/quin',
      '/explore',
      '/settings/appearance',
      '/nobody.here',
    ]) {
      await openAndWait(page, path)
    }
    await page.goto('/settings/appearance')
    await page.getByRole('radio', { name: 'Dark' }).and(page.locator(':checked')).waitFor()
    await page.goto('/')
    await page.getByRole('radio', { name: 'Latest' }).and(page.locator(':checked')).waitFor()
  })

  it('is drawn by the server where it knows: the order of the home feed', async () => {
    const [sam] = await stage.system.people('sam')
    const page = await stage.visit({ as: sam })
    await page.getByRole('radio', { name: 'Latest' }).check({ force: true })
    const release = await holdTheApp(page)
    await page.goto('/', { waitUntil: 'commit' })
    await page.getByRole('radio', { name: 'Latest' }).and(page.locator(':checked')).waitFor()
    await release()
  })
})

it('a reload finds a post that was open over a page as a page, and its picture as large as it was', async () => {
  const [tess] = await stage.system.people('tess')
  const post = await tess.share({ caption: 'Third light', photos: [await photo(5)] })
  await stage.settle()
  const page = await stage.visit({ as: tess })
  await openAndWait(page, '/tess')
  await page.getByRole('main').locator(`a[href="/p/${post.post_id}"]`).click()
  await page.getByRole('dialog').waitFor()
  await openAndWait(page)
  await page.getByRole('main').getByText('Third light').first().waitFor()
  await page.keyboard.press('f')
  await page.getByRole('dialog').waitFor()
  await openAndWait(page)
  await page.getByRole('dialog').waitFor()
})

it('a reader who scrolls before the app is there stays where they are', async () => {
  const [uma] = await stage.system.people('uma')
  for (const n of [1, 2, 3, 4, 5, 6]) await uma.share({ caption: `Frame ${n}` })
  await stage.settle()
  const page = await stage.visit({ as: uma, size: 'phone' })
  const release = await holdTheApp(page)
  await page.goto('/', { waitUntil: 'commit' })
  await page.getByRole('article').first().waitFor()
  await page.evaluate(() => scrollTo(0, 900))
  const at = await page.evaluate(() => scrollY)
  await release()
  await page.getByText('Frame 4').waitFor()
  expect(Math.abs((await page.evaluate(() => scrollY)) - at)).toBeLessThan(60)
})

it('a key that is pressed before the app is there is heard when it is', async () => {
  const [vera] = await stage.system.people('vera')
  const page = await stage.visit({ as: vera })
  const release = await holdTheApp(page)
  await page.goto('/', { waitUntil: 'commit' })
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
  await page.keyboard.press('n')
  await release()
  await page.getByRole('dialog', { name: 'New post' }).waitFor()
})
