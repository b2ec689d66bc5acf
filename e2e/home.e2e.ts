import { photo } from '@tintype/testkit'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { quiet } from './rest.ts'
import { openStage, type Size } from './stage.ts'

const stage = openStage()

it.each<Size>(['desktop', 'phone'])(
  'nothing shifts while the home feed loads and is scrolled, on a %s',
  async (size) => {
    const [ana, ben] = await stage.system.people(`ana_${size}`, `ben_${size}`)
    await ben.follow(ana)
    for (let n = 1; n <= 12; n++)
      await ana.share({
        caption: `Number ${n}`,
        photos: [await photo(n, { width: n % 2 ? 480 : 360, height: n % 3 ? 360 : 480 })],
      })
    await stage.settle()
    const page = await stage.visit({ as: ben, size })
    await page.addInitScript(watchShifts)
    await page.goto('/')
    await page.getByText('Number 12').waitFor()
    const last = page.getByText('Number 1', { exact: true })
    while (!(await last.isVisible())) {
      await page.mouse.wheel(0, 900)
      await quiet(page)
    }
    expect(await shifts(page)).toEqual([])
  },
)

it('the feed stands where it will stand, whether or not the rail beside it is there yet', async () => {
  const [cleo] = await stage.system.people('cleo')
  const page = await stage.visit({ as: cleo })
  await page.goto('/')
  const sorts = page.getByRole('group', { name: 'Order of the feed' })
  const before = await sorts.boundingBox()
  await page.getByRole('complementary').evaluate((rail) => rail.remove())
  expect(await sorts.boundingBox()).toEqual(before)
})

it.each<Size>(['desktop', 'phone'])('nothing shifts while pictures are turned, on a %s', async (size) => {
  const [dan] = await stage.system.people(`dan_${size}`)
  const shapes = [
    { width: 480, height: 360 },
    { width: 300, height: 500 },
    { width: 600, height: 200 },
  ]
  const photos = await Promise.all(shapes.map((shape, n) => photo(n, shape)))
  await dan.share({ caption: 'Three', photos })
  await stage.settle()
  const page = await stage.visit({ as: dan, size })
  await page.addInitScript(watchShifts)
  await page.goto('/')
  const pictures = page.getByRole('region', { name: 'Pictures of this post' })
  await pictures.focus()
  for (const n of [1, 2, 3]) {
    await page.getByRole('status', { name: `Photo ${n} of 3` }).waitFor()
    await quiet(page)
    await pictures.getByRole('list').press('ArrowRight')
  }
  expect(await shifts(page, { all: true })).toEqual([])
})

interface Watching {
  tintypeShifts?: { value: number; isCaused: boolean; from: string[] }[]
}

/** Runs in the page: keeps every layout shift, and what moved from where to where. */
function watchShifts(): void {
  const kept: NonNullable<Watching['tintypeShifts']> = []
  ;(window as Watching).tintypeShifts = kept
  interface Shift extends PerformanceEntry {
    value: number
    hadRecentInput: boolean
    sources: { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[]
  }
  const place = ({ x, y, width, height }: DOMRectReadOnly) => [x, y, width, height].map(Math.round).join()
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as Shift[]) {
      const from = entry.sources.map(({ node, previousRect, currentRect }) => {
        const element = node instanceof Element ? node : node?.parentElement
        return `${element?.outerHTML.slice(0, 80)}: ${place(previousRect)} -> ${place(currentRect)}`
      })
      kept.push({ value: entry.value, isCaused: entry.hadRecentInput, from })
    }
  }).observe({ type: 'layout-shift', buffered: true })
}

/** Those that the member did not cause, or all. */
const shifts = async (page: Page, { all = false } = {}) => {
  const kept = await page.evaluate(() => (window as Watching).tintypeShifts ?? [])
  return kept.filter(({ isCaused }) => all || !isCaused)
}
