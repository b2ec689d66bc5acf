import { photo } from '@tintype/testkit'
import { describe, expect, it } from 'vitest'
import { barriers } from './axe.ts'
import { postBy } from './pages/post.ts'
import { quiet } from './rest.ts'
import { openStage, type Size } from './stage.ts'

const stage = openStage()

describe.each<Size>(['desktop', 'phone'])('on a %s', (size) => {
  it('a post is saved to a new collection, which stands on the saved page and opens', async () => {
    const [ana, ben, cleo] = await stage.system.people(`ana_${size}`, `ben_${size}`, `cleo_${size}`)
    for (const one of [ben, cleo]) await one.follow(ana)
    await ana.share({ photos: [await photo(7)], alt_texts: ['A red door'] })
    await stage.settle()
    const page = await stage.visit({ as: ben, size })
    await quiet(page)
    const post = postBy(page, ana.username)
    await post.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('button', { name: 'Save to collection' }).click()
    const sheet = page.getByRole('dialog', { name: 'Save to collection' })
    await sheet.getByLabel('Name').fill('Doors')
    await quiet(page)
    expect(await barriers(page, `${size}: a new one`)).toEqual([])
    await sheet.getByRole('button', { name: 'Create' }).click()
    await sheet.waitFor({ state: 'hidden' })
    // A toast stands over what is measured below.
    const toast = page.getByText('Saved to “Doors”')
    await toast.waitFor()
    await toast.waitFor({ state: 'hidden' })
    // From the menu by keys alone: it is in there.
    await post.getByRole('button', { name: 'Options for this post' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Save to collection…' }).focus()
    await page.keyboard.press('Enter')
    await sheet.getByRole('button', { name: 'Doors', pressed: true }).waitFor()
    await quiet(page)
    expect(await barriers(page, `${size}: the sheet`)).toEqual([])
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'hidden' })
    const options = post.getByRole('button', { name: 'Options for this post' })
    await expect.poll(() => options.evaluate((button) => button === document.activeElement)).toBe(true)

    await page.goto('/saved')
    await page.getByRole('region', { name: 'All saved' }).getByRole('link').first().waitFor()
    await quiet(page)
    expect(await barriers(page, `${size}: saved`)).toEqual([])
    await page.getByRole('link', { name: 'Doors' }).click()
    await page.getByRole('heading', { level: 1, name: 'Doors' }).waitFor()
    await page.getByRole('list', { name: 'Doors' }).getByRole('img', { name: 'A red door' }).waitFor()
    await page.getByRole('button', { name: 'Options for this collection' }).click()
    await page.getByRole('button', { name: 'Share' }).click()
    const people = page.getByRole('dialog', { name: 'Share' })
    await people.getByLabel('Search people to add').fill(cleo.username)
    await people.getByRole('button', { name: `Add ${cleo.username}` }).click()
    await people.getByRole('button', { name: `Remove ${cleo.username}` }).waitFor()
    await quiet(page)
    expect(await barriers(page, `${size}: people`)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: '1 other is in it' }).waitFor()
    await quiet(page)
    expect(await barriers(page, `${size}: a collection`)).toEqual([])

    const theirs = (await cleo.api.collections.list()).items
    expect(theirs).toMatchObject([{ name: 'Doors', is_owner: false, is_shared: true }])
  })
})
