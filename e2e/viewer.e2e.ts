import { photo } from '@tintype/testkit'
import type { CDPSession, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { barriers } from './axe.ts'
import { openAndWait } from './rest.ts'
import { openStage } from './stage.ts'

let path: string
const stage = openStage(async (system) => {
  const [ana] = await system.people('ana', 'ben')
  const post = await ana.share({
    caption: 'Tall, wide, square',
    photos: [
      await photo(1, { width: 900, height: 1600 }),
      await photo(2, { width: 2400, height: 600 }),
      await photo(3, { width: 800, height: 800 }),
    ],
    alt_texts: ['A tower', 'A coast', 'A plate'],
  })
  path = `/p/${post.post_id}`
  await system.settle()
})

const viewerOf = (page: Page) => page.getByRole('dialog', { name: 'Pictures by ana' })
const button = (page: Page, name: string) => viewerOf(page).getByRole('button', { name })

/** Where the picture that is shown lies. */
async function pictureBox(page: Page) {
  const box = await viewerOf(page).locator('[data-picture]').boundingBox()
  if (!box) throw new Error('no picture is shown')
  return box
}

async function open(page: Page): Promise<void> {
  await page.goto(path)
  await page.getByRole('button', { name: 'View full screen' }).click()
  await viewerOf(page).waitFor()
}

const scale = async (page: Page, of: { width: number }) => (await pictureBox(page)).width / of.width

type Touch = [x: number, y: number]
/** Fingers as the screen reports them. */
class Fingers {
  readonly #cdp: CDPSession
  private constructor(cdp: CDPSession) {
    this.#cdp = cdp
  }
  static async on(page: Page): Promise<Fingers> {
    return new Fingers(await page.context().newCDPSession(page))
  }
  async #send(type: 'touchStart' | 'touchMove' | 'touchEnd', touches: readonly Touch[]): Promise<void> {
    const touchPoints = touches.map(([x, y], id) => ({ x, y, id }))
    await this.#cdp.send('Input.dispatchTouchEvent', { type, touchPoints })
  }
  /** From one place to another in ten moves. */
  async move(from: readonly Touch[], to: readonly Touch[]): Promise<void> {
    await this.#send('touchStart', from)
    for (let step = 1; step <= 10; step++)
      await this.#send(
        'touchMove',
        from.map(([x, y], id) => [
          x + (((to[id]?.[0] ?? x) - x) * step) / 10,
          y + (((to[id]?.[1] ?? y) - y) * step) / 10,
        ]),
      )
    await this.#send('touchEnd', [])
  }
  async tap(at: Touch): Promise<void> {
    await this.#send('touchStart', [at])
    await this.#send('touchEnd', [])
  }
}

describe('pictures on the full screen of a phone', () => {
  it('are opened by a tap, whole, and closed by the way back', async () => {
    const page = await stage.visit({ size: 'phone' })
    await openAndWait(page, path)
    await page.getByAltText('A tower').first().tap()
    await viewerOf(page).waitFor()
    const box = await pictureBox(page)
    expect(Math.round(box.width)).toBe(390)
    expect(Math.round(box.height)).toBe(693)
    await page.goBack()
    await viewerOf(page).waitFor({ state: 'detached' })
    expect(new URL(page.url()).pathname).toBe(path)
  }, 60_000)

  it('are pinched where the fingers are, and moved by one', async () => {
    const page = await stage.visit({ size: 'phone' })
    await open(page)
    const fingers = await Fingers.on(page)
    const whole = await pictureBox(page)
    await fingers.move(
      [
        [155, 422],
        [235, 422],
      ],
      [
        [95, 422],
        [295, 422],
      ],
    )
    await expect.poll(() => scale(page, whole)).toBeGreaterThan(2)
    const pinched = await pictureBox(page)
    await fingers.move([[200, 400]], [[260, 460]])
    await expect.poll(async () => (await pictureBox(page)).x).toBeCloseTo(pinched.x + 60, 0)
    await fingers.move(
      [
        [95, 422],
        [295, 422],
      ],
      [
        [185, 422],
        [205, 422],
      ],
    )
    await expect.poll(() => pictureBox(page)).toEqual(whole)
  }, 60_000)

  it('are enlarged by a double tap, and a panorama fills the screen', async () => {
    const page = await stage.visit({ size: 'phone' })
    await open(page)
    await button(page, 'Next picture').click()
    await viewerOf(page).getByRole('status', { name: 'Photo 2 of 3' }).waitFor()
    const whole = await pictureBox(page)
    expect(Math.round(whole.width)).toBe(390)
    const fingers = await Fingers.on(page)
    await fingers.tap([195, 422])
    await fingers.tap([197, 421])
    await expect.poll(async () => Math.round((await pictureBox(page)).height)).toBe(844)
    await fingers.tap([195, 422])
    await fingers.tap([197, 421])
    await expect.poll(() => pictureBox(page)).toEqual(whole)
  }, 60_000)

  it('are swiped to the side, and down to close', async () => {
    const page = await stage.visit({ size: 'phone' })
    await open(page)
    const fingers = await Fingers.on(page)
    await fingers.move([[340, 422]], [[60, 422]])
    await viewerOf(page).getByRole('status', { name: 'Photo 2 of 3' }).waitFor()
    await fingers.move([[195, 422]], [[195, 470]])
    await expect.poll(async () => Math.round((await pictureBox(page)).y)).toBe(373)
    await fingers.move([[195, 300]], [[200, 560]])
    await viewerOf(page).waitFor({ state: 'detached' })
  }, 60_000)
})

describe('pictures on the full screen of a desktop', () => {
  it('are turned, enlarged and left by keys alone; focus stays inside and comes back', async () => {
    const page = await stage.visit({ as: { username: 'ben' } })
    await page.goto(path)
    const opener = page.getByRole('button', { name: 'View full screen' })
    await opener.focus()
    await page.keyboard.press('Enter')
    await viewerOf(page).waitFor()
    const whole = await pictureBox(page)
    await page.keyboard.press('+')
    await expect.poll(() => scale(page, whole)).toBeCloseTo(1.5, 1)
    await page.keyboard.press('0')
    await expect.poll(() => pictureBox(page)).toEqual(whole)
    await page.keyboard.press('ArrowRight')
    await viewerOf(page).getByRole('status', { name: 'Photo 2 of 3' }).waitFor()
    for (let press = 0; press < 8; press++) {
      await page.keyboard.press('Tab')
      expect(await page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null)).toBe(true)
    }
    await page.keyboard.press('Escape')
    await viewerOf(page).waitFor({ state: 'detached' })
    await expect.poll(() => opener.evaluate((one) => one === document.activeElement)).toBe(true)
    await page.keyboard.press('f')
    await viewerOf(page).waitFor()
    await page.keyboard.press('f')
    await viewerOf(page).waitFor({ state: 'detached' })
  }, 90_000)

  it('are enlarged by the wheel where it points', async () => {
    const page = await stage.visit()
    await open(page)
    const whole = await pictureBox(page)
    await page.mouse.move(720, 450)
    await page.mouse.wheel(0, -300)
    await expect.poll(() => scale(page, whole)).toBeCloseTo(Math.exp(0.75), 1)
  }, 60_000)

  it('ask for more pixels when they are enlarged', async () => {
    const page = await stage.visit()
    await open(page)
    /** What the browser is told of its width on a desktop. */
    const width = async () => {
      const sizes = await viewerOf(page).getByAltText('A tower').getAttribute('sizes')
      return Number(/, .*?(\d+)px/.exec(sizes ?? '')?.[1])
    }
    const before = await width()
    for (let press = 0; press < 3; press++) await page.keyboard.press('+')
    await expect.poll(width).toBeGreaterThan(3 * before)
  }, 60_000)

  it('begin with the picture that was there', async () => {
    const page = await stage.visit()
    await page.goto(path)
    await page.getByRole('button', { name: 'Next picture' }).click()
    await page.getByRole('status', { name: 'Photo 2 of 3' }).waitFor()
    await page.getByRole('button', { name: 'View full screen' }).click()
    await viewerOf(page).getByRole('status', { name: 'Photo 2 of 3' }).waitFor()
    await expect.poll(async () => Math.round((await pictureBox(page)).x)).toBe(0)
  }, 60_000)

  it('leave the post at the picture that was seen last', async () => {
    const page = await stage.visit()
    await open(page)
    await page.keyboard.press('ArrowRight')
    await viewerOf(page).getByRole('status', { name: 'Photo 2 of 3' }).waitFor()
    await page.keyboard.press('ArrowRight')
    await viewerOf(page).getByRole('status', { name: 'Photo 3 of 3' }).waitFor()
    await page.keyboard.press('Escape')
    await viewerOf(page).waitFor({ state: 'detached' })
    await page.getByRole('status', { name: 'Photo 3 of 3' }).waitFor()
  }, 60_000)

  it('have no barrier', async () => {
    for (const size of ['desktop', 'phone'] as const) {
      const page = await stage.visit({ size, scheme: size === 'phone' ? 'dark' : 'light' })
      await open(page)
      expect(await barriers(page, `the viewer on a ${size}`)).toEqual([])
    }
  }, 90_000)
})
