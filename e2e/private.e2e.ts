import { expect, it } from 'vitest'
import { openStage } from './stage.ts'

const stage = openStage()

it('a private account is a closed door until its owner opens it', async () => {
  const [olga, zoe, ben] = await stage.system.people('olga', 'zoe', 'ben')
  await zoe.goPrivate()
  await zoe.share({ caption: 'For friends' })
  await stage.settle()

  const bens = await stage.visit({ as: ben })
  await bens.goto('/zoe')
  await bens.getByText('This account is private').waitFor()
  expect(await bens.getByRole('link', { name: /For friends|Photo by zoe/ }).count()).toBe(0)
  await bens.getByRole('button', { name: 'Follow zoe' }).click()
  await bens.getByRole('button', { name: 'Requested to follow zoe, press to take it back' }).waitFor()
  await stage.settle()

  const zoes = await stage.visit({ as: zoe, size: 'phone' })
  await zoes.goto('/requests')
  await zoes.getByRole('button', { name: 'Confirm ben as a follower' }).click()
  await zoes.getByText('ben follows you now').waitFor()
  await stage.settle()

  await bens.reload()
  await bens.getByRole('button', { name: 'Following zoe, press to unfollow' }).waitFor()
  await bens
    .getByRole('link', { name: /likes, 0 comments|Photo by zoe|For friends/ })
    .first()
    .waitFor()
  await bens.goto('/')
  await bens.getByText('For friends').waitFor()

  const owners = await stage.visit({ as: olga })
  await owners.goto('/zoe')
  await owners.getByText('This account is private').waitFor()
  const visitors = await stage.visit()
  await visitors.goto('/zoe')
  await visitors.getByText('This account is private').waitFor()
})
