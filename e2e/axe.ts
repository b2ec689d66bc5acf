import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { tightSpots } from './layout.ts'
import { atRest } from './rest.ts'

/** What keeps somebody from using the screen as it stands, in both themes, or does not fit it; `name` begins each line. */
export async function barriers(page: Page, name: string): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' })
  await atRest(page)
  const light = await barriersNow(page, name)
  await page.emulateMedia({ colorScheme: 'dark' })
  await atRest(page)
  // The same elements in other colours.
  const dark = await barriersNow(page, `${name}, dark`, ['color-contrast'])
  await page.emulateMedia({ colorScheme: 'light' })
  return [...light, ...dark, ...(await tightSpots(page, name))]
}

/**
 * As the page stands at this moment; only `rules` where given. Axe is run in the page itself: `@axe-core/playwright` opens
 * another page for each run to put the frames' results together, which takes longer than the run, and there are no frames here.
 */
export async function barriersNow(page: Page, name: string, rules?: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const violations = await page.evaluate(async (values) => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') }
    const found = await axe.run(document, {
      resultTypes: ['violations'],
      // WCAG 2.2, 2.5.8: axe leaves it out unless asked.
      rules: { 'target-size': { enabled: true } },
      ...(values && { runOnly: { type: 'rule', values } }),
    })
    return found.violations.map(({ id, help, nodes }) => ({
      id,
      help,
      at: nodes.map(({ target }) => target.join(' ')),
    }))
  }, rules)
  return violations.map(({ id, help, at }) => `${name}: ${id}, ${help}: ${at.slice(0, 3).join(' | ')}`)
}
