import { describe, expect, it } from 'vitest'
import { barriers } from './axe.ts'
import { photographFile } from './pages/composer.ts'
import { postBy } from './pages/post.ts'
import { quiet } from './rest.ts'
import { openStage, type Size } from './stage.ts'

const stage = openStage()

describe.each<Size>(['desktop', 'phone'])('on a %s', (size) => {
  it('a town is offered while its name is typed; the post leads to its page, with a map', async () => {
    const [ana] = await stage.system.people(`ana_${size}`)
    const page = await stage.visit({ as: ana, size })
    await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Create' }).click()
    await page.getByRole('dialog', { name: 'Create' }).getByRole('button', { name: 'Post' }).click()
    const dialog = page.getByRole('dialog', { name: 'New post' })
    const chooser = page.waitForEvent('filechooser')
    await dialog.getByRole('button', { name: 'Choose files' }).click()
    await (await chooser).setFiles(photographFile('deer'))
    await dialog.getByRole('button', { name: 'Next' }).click()
    await dialog.getByRole('button', { name: 'Next' }).click()
    await dialog.getByLabel('Place').pressSequentially('chiogg')
    await dialog.getByRole('option', { name: /Chioggia/ }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await dialog.getByText(/^Position attached: 45\.\d+° N, 12\.\d+° E$/).waitFor()
    await dialog.getByRole('button', { name: 'Share' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await postBy(page, ana.username).getByRole('button', { name: 'Like' }).waitFor()
    await stage.settle()
    await postBy(page, ana.username).getByRole('link', { name: 'Chioggia' }).click()
    await page.getByRole('heading', { name: 'Chioggia' }).waitFor()
    await page.getByRole('img', { name: 'Map: where Chioggia is' }).waitFor()
    await page.getByText(/^\d posts?$/).waitFor()
    await quiet(page)
    expect(await barriers(page, `${size}: a place`)).toEqual([])
  })
})
