import { photo } from '@tintype/testkit'
import { describe, expect, it } from 'vitest'
import { barriers } from './axe.ts'
import { quiet } from './rest.ts'
import { openStage, type Size } from './stage.ts'

const stage = openStage()

describe.each<Size>(['desktop', 'phone'])('on a %s', (size) => {
  it('somebody is found with a typing error, by keys; back is where one was; the search is offered again', async () => {
    const [ben, marina] = await stage.system.people(`ben_${size}`, `marina.foto.${size}`)
    await marina.api.members.update({ body: { full_name: 'Marina Fotograf' } })
    const location = { name: `Marina Bay ${size}` }
    await marina.share({ photos: [await photo(7)], caption: 'In the #marina', location })
    await stage.settle()
    const page = await stage.visit({ as: ben, size })
    await page.goto('/search')
    const field = page.getByRole('searchbox')
    await field.pressSequentially('marnia')
    const results = page.getByRole('list', { name: 'Results' })
    await results.getByRole('link', { name: marina.username }).first().waitFor()
    await page.getByRole('list', { name: 'Posts' }).getByRole('img').first().waitFor()
    await quiet(page)
    expect(await barriers(page, `${size}: top`)).toEqual([])
    await page.getByRole('tab', { name: 'Places' }).click()
    await results.getByRole('link', { name: location.name }).waitFor()
    await quiet(page)
    expect(await barriers(page, `${size}: places`)).toEqual([])
    await page.getByRole('tab', { name: 'Top' }).click()
    await results.getByRole('link', { name: marina.username }).first().waitFor()
    await field.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/${marina.username}`)
    await page.goBack()
    await results.getByRole('link', { name: marina.username }).first().waitFor()
    expect(await field.inputValue()).toBe('marnia')
    await field.fill('')
    const recent = page.getByRole('region', { name: 'Recent' })
    await recent.getByRole('link', { name: marina.username }).waitFor()
    await quiet(page)
    expect(await barriers(page, `${size}: recent`)).toEqual([])
    await recent.getByRole('button', { name: 'Clear all' }).click()
    await page.getByRole('heading', { name: 'What are you looking for?' }).waitFor()
    expect(await ben.api.search.recents()).toEqual([])
  })
})
