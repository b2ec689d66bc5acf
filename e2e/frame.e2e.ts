import { photo } from '@tintype/testkit'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { atRest, quiet } from './rest.ts'
import { openStage, type Size } from './stage.ts'

const stage = openStage(async (system) => {
  const [, ana, ben] = await system.people('olga', 'ana', 'ben')
  await ben.follow(ana)
  for (let n = 1; n <= 12; n++)
    await ana.share({ caption: `Number ${n}`, photos: [await photo(n, { width: 400, height: 500 })] })
  await system.settle()
})

/** What may be opened over a page, and how. */
const layers: Record<string, { only?: Size; open: (page: Page) => Promise<void> }> = {
  'the menu of a post': {
    open: (page) => inView(page, 'Options for this post'),
  },
  'who likes a post': {
    open: async (page) => {
      await inView(page, 'Like')
      await page.getByRole('button', { name: '1 like' }).first().waitFor()
      await inView(page, '1 like')
    },
  },
  More: { only: 'desktop', open: (page) => inView(page, 'More') },
  'the keys': { only: 'desktop', open: (page) => page.keyboard.press('?') },
  'a post': { only: 'desktop', open: (page) => inView(page, 'Comment') },
  'the composer': { open: (page) => page.keyboard.press('n') },
}

describe.each<Size>(['desktop', 'phone'])('nothing behind a scrim moves or vanishes, on a %s', (size) => {
  it.each(Object.entries(layers).filter(([, { only }]) => !only || only === size))(
    'under %s',
    async (_, { open }) => {
      const page = await stage.visit({ size, as: { username: 'ben' } })
      await page.getByText('Number 12').waitFor()
      await page.mouse.wheel(0, 1500)
      await page.waitForFunction(() => window.scrollY > 1000)
      // A post's actions in the middle of the screen: what belongs to them is in sight as well.
      const likes = page.getByRole('button', { name: 'Like', exact: true })
      await likes.last().evaluate((button) => button.scrollIntoView({ block: 'center' }))
      await quiet(page)
      const before = await frameOf(page)
      await open(page)
      await page.locator('[role=dialog], [role=alertdialog], [role=menu]').first().waitFor()
      await atRest(page)
      expect(await frameOf(page)).toEqual(before)
    },
  )
})

it('a post on a tablet is as wide as the column, with its conversation below', async () => {
  const page = await stage.visit({ size: 'tablet', as: { username: 'ben' } })
  await inView(page, 'Comment')
  await page.waitForURL('**/p/*')
  // The feed, where every card has such a box, is gone.
  const write = page.getByRole('textbox', { name: 'Add a comment…' })
  await expect.poll(() => write.count()).toBe(1)
  const picture = await page.getByRole('article').getByRole('img').first().boundingBox()
  expect(picture?.width).toBe(630)
})

/** Presses the first button of that name which is on the screen; nothing is scrolled. */
async function inView(page: Page, name: string): Promise<void> {
  const buttons = page.getByRole('button', { name, exact: true })
  await buttons.first().waitFor()
  for (const button of await buttons.all()) {
    if (!(await button.evaluate(isInSight))) continue
    await button.click()
    return
  }
  throw new Error(`no “${name}” on the screen`)
}

/** Runs in the page: no bar covers any of it, so that nothing is scrolled for the press. */
function isInSight(button: Element): boolean {
  const { x, y, width, height } = button.getBoundingClientRect()
  const means = (down: number) => button.contains(document.elementFromPoint(x + width / 2, y + down))
  return means(1) && means(height - 1)
}

/** Where the bars and the post in the middle stand, and whether they are what one sees there. */
const frameOf = (page: Page) =>
  page.evaluate(() => {
    const parts = [...document.querySelectorAll('nav, aside, main header, main article')]
    const boxes = parts.map((part) => part.getBoundingClientRect())
    return boxes
      .filter(({ width, bottom, top }) => width > 0 && bottom > 0 && top < innerHeight)
      .map(({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(' '))
  })
