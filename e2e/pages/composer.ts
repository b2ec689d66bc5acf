import { fileURLToPath } from 'node:url'
import type { Locator, Page } from 'playwright-core'

export interface Picture {
  /** A name of the demo's photographs. */
  photograph: string
  shape?: 'Original' | '1:1' | '4:5' | '16:9'
  filter?: string
  caption?: string
  place?: string
  description?: string
}

export const photographFile = (name: string): string =>
  fileURLToPath(new URL(`../../demo/photographs/${name}.jpg`, import.meta.url))

type Step = 'pick' | 'crop' | 'edit' | 'share'

/** From the button in the navigation to the last step; `at` is called when a step has been filled in. */
export async function walkComposer(
  page: Page,
  picture: Picture,
  at: (step: Step) => Promise<void> = async () => {},
): Promise<Locator> {
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('button', { name: /^(Create|New post)$/ })
    .click()
  const dialog = page.getByRole('dialog', { name: 'New post' })
  await dialog.getByRole('button', { name: 'Choose pictures' }).waitFor()
  await at('pick')
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    dialog.getByRole('button', { name: 'Choose pictures' }).click(),
  ])
  await chooser.setFiles(photographFile(picture.photograph))
  await dialog.getByRole('button', { name: 'Next' }).waitFor()
  if (picture.shape) await dialog.getByRole('radio', { name: picture.shape }).check({ force: true })
  await at('crop')
  await dialog.getByRole('button', { name: 'Next' }).click()
  await dialog.getByRole('radio', { name: picture.filter ?? 'Original' }).check({ force: true })
  await at('edit')
  await dialog.getByRole('button', { name: 'Next' }).click()
  await dialog.getByLabel('Caption').fill(picture.caption ?? '')
  if (picture.place) await dialog.getByLabel('Place').fill(picture.place)
  if (picture.description) await dialog.getByLabel('Description of picture 1').fill(picture.description)
  await at('share')
  return dialog
}

/** Walks to the end and shares; ends with the closed dialog, the post is developed after that. */
export async function compose(page: Page, picture: Picture): Promise<void> {
  const dialog = await walkComposer(page, picture)
  await dialog.getByRole('button', { name: 'Share' }).click()
  await dialog.waitFor({ state: 'hidden' })
}
