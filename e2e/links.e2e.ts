import { photo } from '@tintype/testkit'
import { expect, it } from 'vitest'
import { barriers } from './axe.ts'
import { quiet } from './rest.ts'
import { openStage, type Size } from './stage.ts'

const stage = openStage()

it.each<Size>(['phone', 'desktop'])(
  'a member hands on a link with a password; a visitor opens it, until it is revoked, on a %s',
  async (size) => {
    const { system } = stage
    const name = `ana.${size}`
    const [ana] = await system.people(name)
    const post = await ana.share({
      caption: 'Not for everybody',
      photos: [await photo(1), await photo(2)],
      alt_texts: ['Sun over a hill', 'The same, later'],
      location: { name: 'The hill' },
    })
    await ana.goPrivate()
    await system.settle()
    const page = await stage.visit({ as: ana, size })
    await page.goto(`/p/${post.post_id}`)
    await page.getByRole('button', { name: 'Options for this post' }).first().click()
    await page.getByRole('button', { name: 'Private link' }).click()
    const dialog = page.getByRole('dialog', { name: 'Private links' })
    await dialog.getByLabel('Password (optional)').fill('open sesame')
    await quiet(page)
    expect(await barriers(page, 'making a link')).toEqual([])
    await dialog.getByRole('button', { name: 'Make a link' }).click()
    await dialog.getByText('Opened 0 times').waitFor()
    const [link] = await ana.api.links.list()

    const visitor = await stage.visit({ size })
    await visitor.goto(link?.path ?? '')
    expect(await barriers(visitor, 'the question for its password')).toEqual([])
    await visitor.getByLabel('Password').fill('open sesame')
    await visitor.getByRole('button', { name: 'Open' }).click()
    await visitor.getByText('Not for everybody').waitFor()
    const picture = visitor.getByRole('img', { name: 'Sun over a hill' })
    await expect.poll(() => picture.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBeGreaterThan(0)
    expect(await barriers(visitor, 'the post behind a link')).toEqual([])
    const width = await visitor.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(width).toBeLessThanOrEqual(0)

    await page.goto('/settings/links')
    await page.getByText('Opened 1 time').waitFor()
    await quiet(page)
    expect(await barriers(page, 'private links')).toEqual([])
    await page.getByRole('button', { name: /Revoke the link/ }).click()
    await page.getByText('No private links').waitFor()
    await visitor.goto(link?.path ?? '')
    await visitor.getByText('This link does not open anything').waitFor()
  },
)
