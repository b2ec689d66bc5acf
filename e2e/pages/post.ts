import type { Locator, Page } from 'playwright-core'

/** The newest post of somebody, in a feed or as a dialog. */
export const postBy = (page: Page, username: string): Locator =>
  page.getByRole('article', { name: `Post by ${username}` }).first()

export const comment = async (where: Locator, text: string): Promise<void> => {
  await where.getByRole('textbox', { name: 'Add a comment…' }).fill(text)
  await where.getByRole('button', { name: 'Post', exact: true }).click()
}
