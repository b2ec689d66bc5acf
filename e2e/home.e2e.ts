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
    await stage.system.settle()
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

interface Watching {
  tintypeShifts?: { value: number; from: string }[]
}

/** Runs in the page: keeps every layout shift that the member did not cause. */
function watchShifts(): void {
  const kept: NonNullable<Watching['tintypeShifts']> = []
  ;(window as Watching).tintypeShifts = kept
  interface Shift extends PerformanceEntry {
    value: number
    hadRecentInput: boolean
    sources: { node: Node | null }[]
  }
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as Shift[]) {
      const nodes = entry.sources.map(({ node }) =>
        node instanceof Element ? node.outerHTML.slice(0, 80) : '',
      )
      if (!entry.hadRecentInput) kept.push({ value: entry.value, from: nodes.join(' | ') })
    }
  }).observe({ type: 'layout-shift', buffered: true })
}

const shifts = (page: Page) => page.evaluate(() => (window as Watching).tintypeShifts)
