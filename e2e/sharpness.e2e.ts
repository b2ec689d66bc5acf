import { photo } from '@tintype/testkit'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { openAndWait } from './rest.ts'
import { openStage } from './stage.ts'

let paths: { post: string; profile: string }
const stage = openStage(async (system) => {
  const [ana, ben] = await system.people('ana', 'ben')
  await ben.follow(ana)
  const shapes = [
    { width: 4000, height: 1000 },
    { width: 2400, height: 1600 },
    { width: 1800, height: 3200 },
    { width: 2400, height: 3000 },
  ]
  const posts = []
  for (const [seed, shape] of shapes.entries())
    posts.push(await ana.share({ photos: [await photo(seed, shape)] }))
  const [avatar_upload_id] = await ana.upload([await photo(9, { width: 900, height: 900 })])
  await ana.api.members.update({ body: { avatar_upload_id } })
  await system.settle()
  paths = { post: `/p/${posts.at(-1)?.post_id}`, profile: '/ana' }
})

interface Shown {
  /** Pixels of the screen that the whole picture would cover, across. */
  needed: number
  /** Pixels across of what was loaded, and of what was offered. */
  loaded: number
  offered: number[]
}

/** Runs in the page: every picture that has loaded, of those that are asked for. */
const shownPictures = (which: string): Shown[] =>
  [...document.querySelectorAll<HTMLImageElement>(which)].flatMap((image) => {
    const source = image.parentElement?.querySelector('source')
    const srcset = source?.srcset || image.srcset
    if (!srcset || !image.complete || image.naturalWidth === 0) return []
    const candidates = srcset.split(', ').map((candidate) => candidate.split(' '))
    const widthOf = ([, width = '']: string[]) => Number.parseInt(width, 10)
    const loaded = candidates.find(([url = '']) => image.currentSrc.endsWith(url))
    if (!loaded) throw new Error(`${image.currentSrc} was not offered`)
    const { width, height } = image.getBoundingClientRect()
    const ratio = Number(image.getAttribute('width')) / Number(image.getAttribute('height'))
    return {
      needed: Math.max(width, height * ratio) * devicePixelRatio,
      loaded: widthOf(loaded),
      offered: candidates.map(widthOf).sort((a, b) => a - b),
    }
  })

/** The pictures under a selector, once there are at least so many. */
async function looked(page: Page, least: number, which = 'img'): Promise<Shown[]> {
  await page.waitForFunction(
    ({ which, least }) => {
      const images = [...document.querySelectorAll<HTMLImageElement>(which)]
      return images.filter((one) => one.srcset && one.naturalWidth > 0).length >= least
    },
    { which, least },
  )
  return page.evaluate(shownPictures, which)
}

/** Chromium takes the candidate nearest in density, which may be a sixth below. */
const ENOUGH = 0.75

function expectRight(shown: Shown[]): void {
  for (const { needed, loaded, offered } of shown) {
    const largest = offered.at(-1) ?? 0
    expect(loaded, `of ${offered} for ${needed}`).toBeGreaterThanOrEqual(Math.min(largest, ENOUGH * needed))
    const smaller = offered.filter((width) => width < loaded).at(-1) ?? 0
    // The next smaller one would not have done.
    expect(smaller, `of ${offered} for ${needed}`).toBeLessThan(needed)
  }
}

describe.each([
  { size: 'phone', density: 3 },
  { size: 'phone', density: 2 },
  { size: 'tablet', density: 2 },
  { size: 'desktop', density: 1 },
  { size: 'desktop', density: 2 },
] as const)('pictures on a $size of density $density', ({ size, density }) => {
  // Each in a browser of its own: one that has a larger rendition already shows that.
  it('are as sharp as the screen, and no larger: feed', async () => {
    const page = await stage.visit({ size, density, as: { username: 'ben' } })
    await page.locator('[data-post]').first().waitFor()
    expectRight(await looked(page, 1))
  })

  it('and post, full screen', async () => {
    const page = await stage.visit({ size, density })
    await openAndWait(page, paths.post)
    expectRight(await looked(page, 1))
    await page.getByRole('button', { name: 'View full screen' }).click()
    expectRight(await looked(page, 1, '[data-picture] img'))
  })

  it('and grid, avatar', async () => {
    const page = await stage.visit({ size, density })
    await openAndWait(page, paths.profile)
    // Four tiles and the avatar.
    const shown = await looked(page, 5)
    expect(shown.map(({ offered }) => offered)).toContainEqual([150, 320, 640])
    expectRight(shown)
  })
})
