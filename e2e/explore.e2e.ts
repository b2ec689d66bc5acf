import { photo } from '@tintype/testkit'
import { expect, it } from 'vitest'
import { barriers } from './axe.ts'
import { quiet } from './rest.ts'
import { openStage } from './stage.ts'

const stage = openStage()

/** Ana follows ben, who follows cleo and likes a post of dora's. */
async function scene() {
  const [ana, ben, cleo, dora] = await stage.system.people('ana', 'ben', 'cleo', 'dora')
  await ana.follow(ben)
  await ben.follow(cleo)
  for (let n = 0; n < 6; n++)
    for (const one of [cleo, dora])
      await one.share({
        photos: [await photo(n)],
        alt_texts: [`${one.username} ${n}`],
        caption: 'A long walk',
      })
  await stage.settle()
  const [post] = (await dora.api.feed.user({ params: dora })).items
  if (post) await ben.like(post)
  await stage.settle()
  return { ana, ben: ben.username, cleo: cleo.username, dora: dora.username }
}

it('on a phone explore opens into a list that says why, and goes back to where one was', async () => {
  const { ana, ben } = await scene()
  const page = await stage.visit({ as: ana, size: 'phone' })
  await page.goto('/explore')
  const grid = page.getByRole('list', { name: 'Explore' })
  await grid.getByRole('link').first().waitFor()
  await quiet(page)
  expect(await barriers(page, 'explore')).toEqual([])
  const tile = grid.getByRole('link').nth(10)
  await tile.scrollIntoViewIfNeeded()
  const [before, name] = [await page.evaluate(() => window.scrollY), await tile.getAttribute('href')]
  await tile.click()
  const feed = page.getByRole('feed', { name: 'Explore' })
  await feed.getByRole('article').first().waitFor()
  expect(new URL(page.url()).pathname).toBe(`/explore/${name?.split('/').at(-1)}`)
  await feed
    .getByText(new RegExp(`^(Liked|Followed) by ${ben}$|New here`))
    .first()
    .waitFor()
  await quiet(page)
  expect(await barriers(page, 'explore as a list')).toEqual([])
  await feed.getByRole('button', { name: 'Options for this post' }).first().click()
  await page.getByRole('button', { name: 'Why am I seeing this?' }).click()
  await page.getByRole('dialog', { name: 'Why you see this' }).waitFor()
  await quiet(page)
  expect(await barriers(page, 'why')).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.goBack()
  await grid.getByRole('link').first().waitFor()
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(before)
})

it('on a desktop what one is not interested in leaves, and a suggestion that is dismissed stays away', async () => {
  const { ana, ben, cleo, dora } = await scene()
  const page = await stage.visit({ as: ana, size: 'desktop' })
  await page.getByText(`Followed by ${ben}`).waitFor()
  await page.getByRole('button', { name: `Do not suggest ${cleo}` }).click()
  await page.getByText(`Followed by ${ben}`).waitFor({ state: 'hidden' })
  await page.goto('/explore')
  const tiles = page.getByRole('list', { name: 'Explore' }).getByRole('link')
  await tiles.first().waitFor()
  const gone = await tiles.first().getAttribute('href')
  await tiles.first().click()
  const post = page.getByRole('dialog')
  await post.getByRole('button', { name: 'Options for this post' }).click()
  await page.getByRole('button', { name: 'Not interested' }).click()
  await page.getByText('You will see less like this').waitFor()
  await quiet(page)
  await page.goto('/explore')
  await tiles.first().waitFor()
  const hrefs = await tiles.evaluateAll((links) => links.map((link) => link.getAttribute('href')))
  expect(hrefs).not.toContain(gone)
  await page.goto('/')
  await page.getByRole('button', { name: `Follow ${dora}` }).waitFor()
  expect(await page.getByRole('button', { name: `Do not suggest ${cleo}` }).count()).toBe(0)
})
