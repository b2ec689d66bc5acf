import { photo } from '@tintype/testkit'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { barriers } from './axe.ts'
import { postBy } from './pages/post.ts'
import { quiet } from './rest.ts'
import { openStage, type Size } from './stage.ts'

const stage = openStage()

async function choose(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'Options for this post' }).first().click()
  await page.getByRole('button', { name: item, exact: true }).click()
}
async function look(page: Page, what: string): Promise<void> {
  await quiet(page)
  expect(await barriers(page, what)).toEqual([])
}

describe.each<Size>(['desktop', 'phone'])('on a %s', (size) => {
  it('an author decides on comments: one that waits, one that is pinned', async () => {
    const [ana, ben] = await stage.system.people(`ana_${size}`, `ben_${size}`)
    await ana.api.postSettings.change({ body: { filtered_words: ['blurry'] } })
    const post = await ana.share({ photos: [await photo(7)], caption: 'The pier' })
    await stage.settle()
    await ben.comment(post, 'So calm')
    await ben.comment(post, 'A bit blurry')
    const page = await stage.visit({ as: ana, size })
    await page.goto('/settings/posts')
    await page.getByText('A bit blurry').waitFor()
    await look(page, `${size}: settings`)
    await page.goto(`/p/${post.post_id}`)
    await page.getByRole('button', { name: '1 comment waits for you' }).click()
    await page.getByRole('button', { name: `Approve the comment by ${ben.username}` }).waitFor()
    await look(page, `${size}: what waits`)
    await page.getByRole('button', { name: `Approve the comment by ${ben.username}` }).click()
    await page.getByText('Nothing waits for you').waitFor()
    await page.keyboard.press('Escape')
    const menus = page.getByRole('button', { name: `What to do with the comment by ${ben.username}` })
    await expect.poll(() => menus.count()).toBe(2)
    await menus.last().focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Pin comment' }).click()
    await page.getByText('Pinned', { exact: true }).waitFor()
    const first = page.getByText(/So calm|A bit blurry/).first()
    await expect.poll(() => first.textContent()).toContain('blurry')
  })

  it('an author tags who is in a picture, puts the post away and back, and pins it', async () => {
    const [cleo, dora] = await stage.system.people(`cleo_${size}`, `dora_${size}`)
    await dora.follow(cleo)
    const post = await cleo.share({ photos: [await photo(8)], caption: 'On the pier' })
    await stage.settle()
    const page = await stage.visit({ as: cleo, size })
    await page.goto(`/p/${post.post_id}`)
    await choose(page, 'Tag people')
    await page
      .getByRole('button', { name: 'Tag somebody in picture 1' })
      .click({ position: { x: 80, y: 60 } })
    await page.getByRole('searchbox').fill(dora.username)
    await page.getByRole('button', { name: `Add ${dora.username}` }).click()
    await look(page, `${size}: tagging`)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('button', { name: 'Who is in it' }).waitFor()
    await choose(page, 'Archive')
    await page.getByText('Archived: only you see this post.').waitFor()
    await page.goto(`/${cleo.username}`)
    await page.getByRole('tab', { name: 'Archive' }).click()
    await page.getByRole('link', { name: /likes/ }).waitFor()
    await look(page, `${size}: the archive`)
    await page.goto(`/p/${post.post_id}`)
    await choose(page, 'Show on profile')
    await page.getByText('Back where it was').waitFor()
    await choose(page, 'Pin to profile')
    await page.getByText('Pinned to your profile').waitFor()

    const friend = await stage.visit({ as: dora, size })
    await friend.goto('/')
    const card = postBy(friend, cleo.username)
    await card.getByRole('button', { name: 'Who is in it' }).click()
    await card.getByRole('list', { name: 'People in this photo' }).getByRole('link').waitFor()
    await look(friend, `${size}: names on a card`)
    await friend.goto(`/${cleo.username}`)
    await friend.getByRole('link', { name: /pinned/ }).waitFor()
  })
})
