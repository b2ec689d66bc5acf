import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { atRest } from './rest.ts'

/** What keeps somebody from using the screen as it stands, in both themes; `name` begins each line. */
export async function barriers(page: Page, name: string): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' })
  await atRest(page)
  const light = await analyse(new AxeBuilder({ page }), name)
  await page.emulateMedia({ colorScheme: 'dark' })
  await atRest(page)
  // The same elements in other colours.
  const dark = await analyse(new AxeBuilder({ page }).withRules('color-contrast'), `${name}, dark`)
  await page.emulateMedia({ colorScheme: 'light' })
  return [...light, ...dark, ...(await sideways(page, name))]
}

async function analyse(axe: AxeBuilder, name: string): Promise<string[]> {
  const { violations } = await axe.analyze()
  return violations.map(({ id, help, nodes }) => {
    const where = nodes.map(({ target }) => target.join(' ')).slice(0, 3)
    return `${name}: ${id}, ${help}: ${where.join(' | ')}`
  })
}

async function sideways(page: Page, name: string): Promise<string[]> {
  const pixels = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  return pixels > 0 ? [`${name}: scrolls sideways by ${pixels} px`] : []
}
