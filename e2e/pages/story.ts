import type { Locator, Page } from 'playwright-core'
import { photographFile } from './composer.ts'

/** From the button in the navigation to the open composer. */
export async function openStoryComposer(page: Page): Promise<Locator> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Create' }).click()
  await page.getByRole('dialog', { name: 'Create' }).getByRole('button', { name: 'Story' }).click()
  const dialog = page.getByRole('dialog', { name: 'New story' })
  await dialog.waitFor()
  return dialog
}

export const choosePicture = (page: Page, dialog: Locator, photograph: string): Promise<void> =>
  chooseFile(page, dialog, photographFile(photograph))

export async function chooseFile(page: Page, dialog: Locator, file: string): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    dialog.getByRole('button', { name: 'Choose a picture' }).click(),
  ])
  await chooser.setFiles(file)
  await dialog.getByRole('application', { name: 'The picture of this story' }).waitFor()
}

export async function write(dialog: Locator, text: string): Promise<void> {
  await dialog.getByRole('button', { name: 'Text', exact: true }).click()
  await dialog.getByRole('textbox', { name: 'Your text' }).fill(text)
  await dialog.getByRole('button', { name: 'Done' }).click()
  await dialog.getByRole('button', { name: 'Done' }).click()
}

export async function share(dialog: Locator): Promise<void> {
  await dialog.getByRole('button', { name: 'Next' }).click()
  await dialog.getByRole('button', { name: 'Share story' }).click()
  await dialog.waitFor({ state: 'hidden' })
}
