import type { Locator, Page } from 'playwright-core'

/** What has been said in the open conversation. */
export const said = (page: Page): Locator => page.getByRole('region', { name: 'Messages' })

export const field = (page: Page): Locator => page.getByRole('textbox', { name: 'Message' })

export async function write(page: Page, text: string): Promise<void> {
  await field(page).fill(text)
  await field(page).press('Enter')
}

/** The texts of what is shown that match, from top to bottom. */
export const textsOf = (page: Page, pattern: RegExp): Promise<string[]> =>
  said(page)
    .locator('li')
    .evaluateAll(
      (rows, source) => rows.flatMap((row) => row.textContent?.match(new RegExp(source))?.[0] ?? []),
      pattern.source,
    )
