import { randomUUID } from 'node:crypto'
import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { barriers } from './axe.ts'
import { photographFile } from './pages/composer.ts'
import { openStage, type Size } from './stage.ts'

const stage = openStage((system) => system.people('ana', 'anders'))

describe('the composer', () => {
  it.each([
    { photograph: 'burano', shape: '4:5', filter: 'Copper', warmth: 35 },
    { photograph: 'earthrise', shape: '1:1', filter: 'Daguerre', warmth: 0 },
  ])('posts what it shows: $photograph in $filter', async ({ photograph, shape, filter, warmth }) => {
    const page = await stage.visit({ as: { username: 'ana' } })
    const dialog = await choose(page, photograph)
    await dialog.getByRole('radio', { name: shape }).check({ force: true })
    await dialog.getByRole('button', { name: 'Next' }).click()
    await dialog.getByRole('radio', { name: filter }).check({ force: true })
    await dialog.getByRole('radio', { name: 'Adjust' }).check({ force: true })
    await dialog.getByLabel('Warmth').fill(String(warmth))
    await dialog.getByRole('button', { name: 'Next' }).click()
    expect(await apartWhenPosted(page, dialog)).toBeLessThan(3)
  })

  it('posts what it shows of a picture that is turned, straightened and worked on', async () => {
    const page = await stage.visit({ as: { username: 'ana' } })
    const dialog = await choose(page, 'gondolas')
    await dialog.getByRole('button', { name: 'Turn right' }).click()
    await dialog.getByRole('button', { name: 'Flip' }).click()
    await dialog.getByLabel('Straighten').fill('-8')
    await dialog.getByRole('radio', { name: '4:5' }).check({ force: true })
    await dialog.getByRole('button', { name: 'Next' }).click()
    await dialog.getByRole('radio', { name: 'Adjust' }).check({ force: true })
    await dialog.getByRole('button', { name: 'Auto' }).click()
    for (const name of ['Shadows', 'Fade', 'Vignette', 'Sharpen', 'Grain'])
      await dialog.getByLabel(name, { exact: true }).fill('60')
    await dialog.getByRole('button', { name: 'Next' }).click()
    expect(await apartWhenPosted(page, dialog)).toBeLessThan(3)
  })

  it('makes one post, though its answer was lost and the page was left', async () => {
    const caption = `Once only ${randomUUID().slice(0, 8)}`
    const page = await stage.visit({ as: { username: 'ana' } })
    page.on('dialog', (dialog) => dialog.accept())
    await page.route('**/posts/confirm', async (route) => {
      await route.fetch()
      await route.abort()
    })
    const dialog = await choose(page, 'lighthouse')
    await dialog.getByRole('button', { name: 'Next' }).click()
    await dialog.getByRole('button', { name: 'Next' }).click()
    await dialog.getByLabel('Caption').fill(caption)
    await dialog.getByRole('button', { name: 'Share' }).click()
    await page.getByText('The connection falters. Trying again…').waitFor()
    await page.reload()
    // Answers are lost until the page is back: none slips through before it is left.
    await page.getByText('The connection falters. Trying again…').waitFor()
    await page.unrouteAll({ behavior: 'wait' })
    // The next try is up to 20 s away by now; the network that is back brings it on, unless one is just ending in vain.
    const isUp = async () => {
      await page.evaluate(() => dispatchEvent(new Event('online')))
      return page.getByText('Your post is up').isVisible()
    }
    await expect.poll(isUp, { timeout: 30_000, interval: 500 }).toBe(true)
    await page.goto('/')
    await page.getByText(caption).first().waitFor()
    expect(await page.getByText(caption).count()).toBe(1)
  })

  it('keeps a draft over a reload', async () => {
    const page = await stage.visit({ as: { username: 'ana' } })
    const dialog = await choose(page, 'tahoe')
    await dialog.getByRole('button', { name: 'Next' }).click()
    await dialog.getByRole('radio', { name: 'Sepia' }).check({ force: true })
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Keep as draft' }).click()
    await page.getByText('Draft kept.').waitFor()
    // The composer takes its entry out of the history when it has closed; a reload in that moment would be broken off.
    await page.waitForFunction(() => history.state?.composer !== true)
    await page.reload()
    await page.getByRole('navigation', { name: 'Main' }).waitFor()
    await page.keyboard.press('n')
    await dialog.getByRole('button', { name: 'Continue' }).click()
    expect(await dialog.getByRole('radio', { name: 'Sepia' }).isChecked()).toBe(true)
    await page.goBack()
    await dialog.getByRole('region', { name: 'Crop' }).waitFor()
  })

  it.each<Size>(['desktop', 'phone'])(
    'has no barrier in any step, on a %s',
    async (size) => {
      const page = await stage.visit({ size, as: { username: 'ana' } })
      const dialog = await choose(page, 'fjord')
      const found = await barriers(page, 'crop')
      await dialog.getByRole('button', { name: 'Next' }).click()
      await dialog.getByRole('radio', { name: 'Noir' }).check({ force: true })
      found.push(...(await barriers(page, 'filters')))
      await dialog.getByRole('radio', { name: 'Adjust' }).check({ force: true })
      found.push(...(await barriers(page, 'adjust')))
      await dialog.getByRole('button', { name: 'Next' }).click()
      await dialog.getByLabel('Caption').pressSequentially('With @and')
      // Whose name only comes close may stand below.
      await expect
        .poll(async () => (await dialog.getByRole('option').allTextContents()).at(0))
        .toContain('anders')
      found.push(...(await barriers(page, 'share')))
      expect(found).toEqual([])
    },
    120_000,
  )
})

/** By how much, of 255, the post differs from its preview; some comes of making it small another way, and of compressing it. */
async function apartWhenPosted(page: Page, dialog: Locator): Promise<number> {
  const shown = await colorsOf(dialog.getByRole('img', { name: 'Preview of picture 1' }))
  await dialog.getByRole('button', { name: 'Share' }).click()
  await page.getByText('Your post is up').waitFor()
  const posted = await colorsOf(page.getByRole('article').first().getByRole('img').first())
  const apart = shown.map((value, index) => Math.abs(value - (posted[index] ?? 0)))
  return apart.reduce((sum, value) => sum + value, 0) / apart.length
}

async function choose(page: Page, photograph: string): Promise<Locator> {
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
  await page.keyboard.press('n')
  const dialog = page.getByRole('dialog', { name: 'New post' })
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    dialog.getByRole('button', { name: 'Choose files' }).click(),
  ])
  await chooser.setFiles(photographFile(photograph))
  await dialog.getByRole('application').waitFor()
  return dialog
}

/** Twelve by twelve mean colours of a picture or a canvas, R, G, B by turns. */
async function colorsOf(picture: Locator): Promise<number[]> {
  await picture.waitFor()
  return picture.evaluate(async (element) => {
    const drawn = element as HTMLImageElement | HTMLCanvasElement
    if (drawn instanceof HTMLImageElement) await drawn.decode()
    const width = 'naturalWidth' in drawn ? drawn.naturalWidth : drawn.width
    const height = 'naturalHeight' in drawn ? drawn.naturalHeight : drawn.height
    const canvas = Object.assign(document.createElement('canvas'), { width, height })
    const context = canvas.getContext('2d', { willReadFrequently: true })
    if (!context) throw new Error('no canvas')
    context.drawImage(drawn, 0, 0)
    const sums = new Float64Array(12 * 12 * 4)
    const { data } = context.getImageData(0, 0, width, height)
    for (let at = 0; at < data.length; at += 4) {
      const [x, y] = [(at / 4) % width, Math.floor(at / 4 / width)]
      const cell = (Math.floor((y * 12) / height) * 12 + Math.floor((x * 12) / width)) * 4
      for (const part of [0, 1, 2]) sums[cell + part] = (sums[cell + part] ?? 0) + (data[at + part] ?? 0)
      sums[cell + 3] = (sums[cell + 3] ?? 0) + 1
    }
    return [...sums].flatMap((sum, index) =>
      index % 4 === 3 ? [] : sum / (sums[index - (index % 4) + 3] || 1),
    )
  })
}
