import { expect, it } from 'vitest'
import { barriers } from './axe.ts'
import { compose } from './pages/composer.ts'
import { postBy } from './pages/post.ts'
import { quiet } from './rest.ts'
import { openStage } from './stage.ts'

const stage = openStage()

it('a circle is made in settings, a post is shared with it, and only who is in it sees that', async () => {
  const { system } = stage
  const [ana, ben, cleo] = await system.people('ana', 'ben', 'cleo')
  for (const fan of [ben, cleo]) await fan.follow(ana)
  const page = await stage.visit({ as: ana, size: 'phone' })
  await page.goto('/settings/circles')
  await page.getByLabel('Name of the circle').fill('Book club')
  await page.getByRole('button', { name: 'Make circle' }).click()
  const card = page.getByRole('region', { name: 'Book club' })
  await card.getByLabel('Search people to add').fill('ben')
  await card.getByRole('button', { name: 'Add ben' }).click()
  await card.getByText('1 person').waitFor()
  await quiet(page)
  expect(await barriers(page, 'circles')).toEqual([])

  await page.goto('/')
  await quiet(page)
  await compose(page, {
    photograph: 'acanthus',
    caption: 'Chapter one',
    description: 'A leaf',
    circle: 'Book club',
  })
  await postBy(page, 'ana').getByText('Book club').waitFor()
  await stage.settle()
  await page.reload()
  await postBy(page, 'ana').getByText('Book club').waitFor()
  const bens = await stage.visit({ as: ben, size: 'phone' })
  await postBy(bens, 'ana').getByText('Shared with a circle').waitFor()
  expect(await bens.getByText('Book club').count()).toBe(0)
  expect(await cleo.home()).toEqual([])
})
