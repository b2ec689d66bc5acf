import { screen, waitFor } from '@testing-library/react'
import { type Relationship, TintypeError } from '@tintype/contract'
import { expect, it } from 'vitest'
import { entities } from '../../data/entities/entities.ts'
import { ingestUsers } from '../../data/entities/ingest.ts'
import { fakeApi, later } from '../../testing/fake-api.ts'
import { renderApp } from '../../testing/render-app.tsx'
import { meNamed, stranger, userNamed } from '../../testing/things.ts'
import { FollowButton } from './FollowButton.tsx'

const ana = userNamed('ana')
const button = (fields: Partial<typeof ana> = {}, me = meNamed('ben')) =>
  renderApp(<FollowButton userId={ana.user_id} />, { me, seed: () => ingestUsers([{ ...ana, ...fields }]) })

it('follows at once and counts it', async () => {
  const answer = later<Relationship>()
  fakeApi({ 'graph.follow': () => answer.promise })
  const { user } = await button()
  entities.merge('users', ana.user_id, { followers_count: 7 })
  await user.click(await screen.findByRole('button', { name: 'Follow ana' }))
  expect(screen.getByRole('button', { name: /Following ana/ })).toBeDefined()
  expect(entities.get('users', ana.user_id)?.followers_count).toBe(8)
  answer.resolve({ ...stranger, following: true })
  await waitFor(() => expect(entities.get('users', ana.user_id)?.viewer?.following).toBe(true))
  expect(entities.get('users', ana.user_id)?.followers_count).toBe(8)
})

it('asks a private account and can take it back', async () => {
  fakeApi({
    'graph.follow': async () => ({ ...stranger, requested: true }),
    'graph.unfollow': async () => stranger,
  })
  const { user } = await button({ is_private: true })
  await user.click(await screen.findByRole('button', { name: 'Follow ana' }))
  await user.click(await screen.findByRole('button', { name: /Requested to follow ana/ }))
  expect(await screen.findByRole('button', { name: 'Follow ana' })).toBeDefined()
})

it('asks before it leaves a private account', async () => {
  const api = fakeApi({ 'graph.unfollow': async () => stranger })
  const { user } = await button({ is_private: true, viewer: { ...stranger, following: true } })
  await user.click(await screen.findByRole('button', { name: /Following ana/ }))
  await screen.findByRole('alertdialog', { name: 'Unfollow ana?' })
  expect(api.graph.unfollow).not.toHaveBeenCalled()
  await user.click(screen.getByRole('button', { name: 'Unfollow' }))
  await waitFor(() => expect(api.graph.unfollow).toHaveBeenCalledOnce())
})

it('offers to follow back who follows already', async () => {
  fakeApi({})
  await button({ viewer: { ...stranger, followed_by: true } })
  expect((await screen.findByRole('button', { name: 'Follow back ana' })).textContent).toBe('Follow back')
})

it('goes back to what it was when the server refuses', async () => {
  fakeApi({ 'graph.follow': () => Promise.reject(new TintypeError('not_found')) })
  const { user } = await button()
  await user.click(await screen.findByRole('button', { name: 'Follow ana' }))
  expect(await screen.findByText(/does not exist, or is not visible/)).toBeDefined()
  expect(screen.getByRole('button', { name: 'Follow ana' })).toBeDefined()
})

it('is not there for oneself', async () => {
  fakeApi({})
  await button({}, meNamed('ana'))
  expect(screen.queryByRole('button')).toBeNull()
})
