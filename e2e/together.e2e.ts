import { photo } from '@tintype/testkit'
import { describe, expect, it } from 'vitest'
import { barriers } from './axe.ts'
import { postBy } from './pages/post.ts'
import { quiet } from './rest.ts'
import { openStage, type Size } from './stage.ts'

const stage = openStage()

describe.each<Size>(['desktop', 'phone'])('on a %s', (size) => {
  it('somebody is asked from the menu, agrees above the post, and stands beside its author', async () => {
    const [ana, ben, cleo] = await stage.system.people(`ana_${size}`, `ben_${size}`, `cleo_${size}`)
    await cleo.follow(ben)
    const { post_id } = await ana.share({ photos: [await photo(7)], downloads_allowed: true })
    await stage.settle()
    const own = await stage.visit({ as: ana, size })
    await own.goto(`/p/${post_id}`)
    await own.getByRole('button', { name: 'Options for this post' }).click()
    await own.getByRole('button', { name: 'Authors' }).click()
    const dialog = own.getByRole('dialog', { name: 'Authors of this post' })
    await dialog.getByRole('searchbox').fill(ben.username)
    await dialog.getByRole('button', { name: `Add ${ben.username}` }).click()
    await dialog.getByText('has not agreed yet').waitFor()
    await quiet(own)
    expect(await barriers(own, `${size}: authors`)).toEqual([])
    await stage.settle()

    const page = await stage.visit({ as: ben, size })
    await page.goto('/notifications')
    await page.getByText('asks you to be an author of their post too.').waitFor()
    await page.goto(`/p/${post_id}`)
    await page.getByRole('button', { name: 'Accept' }).waitFor()
    await quiet(page)
    expect(await barriers(page, `${size}: asked`)).toEqual([])
    await page.getByRole('button', { name: 'Accept' }).click()
    await page.getByText('You are an author of it now').waitFor()
    await stage.settle()

    const feed = await stage.visit({ as: cleo, size })
    const post = postBy(feed, ana.username)
    await post.getByRole('link', { name: ben.username, exact: true }).waitFor()
    await quiet(feed)
    expect(await barriers(feed, `${size}: of two`)).toEqual([])
    await post.getByRole('button', { name: 'Options for this post' }).click()
    const [file] = await Promise.all([
      feed.waitForEvent('download'),
      feed.getByRole('button', { name: 'Download', exact: true }).click(),
    ])
    expect(file.suggestedFilename()).toMatch(new RegExp(`^${ana.username}-.*-1\\.webp$`))
  })
})
