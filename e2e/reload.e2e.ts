import { isDeepStrictEqual } from 'node:util'
import { photo } from '@tintype/testkit'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { quiet } from './rest.ts'
import { openStage } from './stage.ts'

const stage = openStage(async (system) => {
  const [ana, ben] = await system.people('ana', 'ben', 'cleo')
  await ben.follow(ana)
  const picture = await photo(1, { width: 64, height: 80 })
  for (let n = 1; n <= 45; n++) await ana.share({ caption: `#light ${n}`, photos: [picture] })
  await system.settle()
})

// A member's visit to explore begins anew with what they have not seen.
it.each([
  ['home', '/', { username: 'ben' }],
  ['explore, as a visitor,', '/explore', undefined],
  ['a profile', '/ana', { username: 'cleo' }],
  ['a tag', '/tags/light', { username: 'cleo' }],
])('a reload of %s returns to where one was', async (_, path, as) => {
  const page = await stage.visit({ size: 'phone', ...(as && { as }) })
  await page.goto(path)
  const far = path === '/' ? 15_000 : 600
  while ((await page.evaluate(() => window.scrollY)) < far) {
    // A wheel would go on turning on a busy machine.
    await page.evaluate(() => window.scrollBy(0, 700))
    await quiet(page)
  }
  const before = await atRest(page)
  await page.reload()
  // The same post, and about where it stood: a row above it may come out a line of text shorter.
  const near = expect.toSatisfy((top: number) => Math.abs(top - (before?.top ?? 0)) <= 40)
  await expect.poll(() => firstPost(page), { timeout: 15_000 }).toEqual({ is: before?.is, top: near })
})

/** Where it stands when it stands still: rows that have just come are measured for a moment longer than anything is fetched. */
async function atRest(page: Page) {
  let known = await firstPost(page)
  const isStill = async () => {
    const last = known
    known = await firstPost(page)
    return isDeepStrictEqual(last, known)
  }
  await expect.poll(isStill, { interval: 200 }).toBe(true)
  return known
}

/** The post whose link is first on the screen, and where it stands. */
const firstPost = (page: Page) =>
  page.evaluate(() => {
    const posts = [...document.querySelectorAll<HTMLElement>('main [data-post], main a[href^="/p/"]')]
    const first = posts.find((post) => post.getBoundingClientRect().bottom > 120)
    return (
      first && {
        is: first.dataset.post ?? first.getAttribute('href'),
        top: Math.round(first.getBoundingClientRect().top),
      }
    )
  })
