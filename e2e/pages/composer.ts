import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'

export interface Picture {
  /** A name of the demo's photographs. */
  photograph: string
  shape?: 'Original' | '1:1' | '4:5' | '16:9'
  filter?: string
  caption?: string
  place?: string
  description?: string
  /** At the time that is offered. */
  isForLater?: boolean
  /** A circle's name. */
  circle?: string
}

export const photographFile = (name: string): string =>
  fileURLToPath(new URL(`../../demo/photographs/${name}.jpg`, import.meta.url))

/** From the button in the navigation to the closed dialog; the post is developed after that. */
export async function compose(page: Page, picture: Picture): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Create' }).click()
  await page.getByRole('dialog', { name: 'Create' }).getByRole('button', { name: 'Post' }).click()
  const dialog = page.getByRole('dialog', { name: 'New post' })
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    dialog.getByRole('button', { name: 'Choose files' }).click(),
  ])
  await chooser.setFiles(photographFile(picture.photograph))
  if (picture.shape) await dialog.getByRole('radio', { name: picture.shape }).check({ force: true })
  await dialog.getByRole('button', { name: 'Next' }).click()
  if (picture.filter) await dialog.getByRole('radio', { name: picture.filter }).check({ force: true })
  await dialog.getByRole('button', { name: 'Next' }).click()
  if (picture.caption) await dialog.getByLabel('Caption').fill(picture.caption)
  if (picture.place) await dialog.getByLabel('Place').fill(picture.place)
  if (picture.description) await dialog.getByLabel('Description of picture 1').fill(picture.description)
  if (picture.circle) await dialog.getByRole('button', { name: picture.circle }).click()
  if (picture.isForLater) await dialog.getByRole('switch', { name: 'Publish later' }).click()
  await dialog.getByRole('button', { name: picture.isForLater ? 'Schedule' : 'Share' }).click()
  await dialog.waitFor({ state: 'hidden' })
}
