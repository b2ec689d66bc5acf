import { screen, waitFor } from '@testing-library/react'
import type { Profile, RepostSettings } from '@tintype/contract'
import { beforeAll, expect, it } from 'vitest'
import { ingestPosts } from '../../data/entities/ingest.ts'
import { fakeApi } from '../../testing/fake-api.ts'
import { renderApp } from '../../testing/render-app.tsx'
import { page, renderRoute } from '../../testing/render-route.tsx'
import { apiPost, meNamed, userNamed } from '../../testing/things.ts'
import { PostCard } from '../post/PostCard.tsx'
import { AllowReposts } from './AllowReposts.tsx'
import { HiddenReposts } from './HiddenReposts.tsx'

beforeAll(
  () => Promise.all([import('../post/PostMenu.tsx'), import('../../ui/ActionMenuPanel.tsx')]),
  120_000,
)
const ben = meNamed('ben')
const ana: Profile = {
  ...userNamed('ana'),
  profile_picture_variants: [],
  bio: '',
  link: null,
  privacy_level: 'public',
  posts_count: 0,
  followers_count: 0,
  following_count: 0,
  created_at: '2026-01-01T00:00:00.000Z',
  is_self: false,
  can_view_content: true,
}
const none: RepostSettings = { allowed: true, muted: [] }

it('passes a post on from its menu, and takes it back', async () => {
  let reposted = false
  const answer = (now: boolean) => async () => {
    reposted = now
    return { reposted, reposts_count: reposted ? 1 : 0 }
  }
  const api = fakeApi({
    'reposts.get': async () => ({ reposted, reposts_count: 0, allowed: true }),
    'reposts.repost': answer(true),
    'reposts.undo': answer(false),
    'reposts.mute': async () => ({ muted: true }),
  })
  const post = { ...apiPost('p1', 'ana'), reposted_by: [userNamed('carla')] }
  const element = <PostCard postId={post.post_id} among={[post.post_id]} index={0} />
  const { user } = await renderApp(element, { me: ben, seed: () => ingestPosts([post]) })
  const choose = async (name: string) => {
    await user.click(await screen.findByRole('button', { name: 'Options for this post' }))
    await user.click(await screen.findByRole('button', { name }))
  }
  await choose('Repost to followers')
  expect(await screen.findByText('Your followers see it in their home feed')).toBeDefined()
  await choose('Undo repost')
  expect(await screen.findByText('Repost taken back')).toBeDefined()
  await choose('Hide reposts by carla')
  await waitFor(() => expect(api.reposts.mute).toHaveBeenCalledWith({ params: { username: 'carla' } }))
})

it('says in the home feed who shared a post, and not where its author is followed', async () => {
  const away = apiPost('p1', 'ana')
  const shared = {
    ...away,
    viewer: { ...away.viewer, following: false },
    reposted_by: [userNamed('carla'), userNamed('dora')],
  }
  fakeApi({ 'feed.home': async () => page([shared]), 'members.suggested': async () => [] })
  await renderRoute('/', { me: ben })
  const link = await screen.findByRole('link', { name: 'Shared by carla and dora' })
  expect(link.getAttribute('href')).toBe('/carla')
})

it('has what a member passed on in a tab of their profile', async () => {
  fakeApi({
    'members.profile': async () => ana,
    'feed.user': async () => page([]),
    'reposts.ofMember': async () => page([apiPost('p9')]),
  })
  const { user } = await renderRoute('/ana', { me: ben })
  await user.click(await screen.findByRole('tab', { name: 'Reposts' }))
  expect(await screen.findByRole('link', { name: /0 likes/ })).toBeDefined()
})

it('lets a member keep others from it, and see again what they had hidden', async () => {
  let settings = { ...none, muted: [userNamed('carla')] }
  const api = fakeApi({
    'reposts.settings': async () => settings,
    'reposts.changeSettings': async ({ body }) => {
      settings = { ...settings, ...body }
      return settings
    },
    'reposts.unmute': async () => {
      settings = none
      return { muted: false }
    },
  })
  const element = (
    <>
      <AllowReposts />
      <HiddenReposts />
    </>
  )
  const { user } = await renderApp(element, { me: ben })
  const allow = await screen.findByRole('switch', { name: /^Let others repost your posts/ })
  await waitFor(() => expect(allow.hasAttribute('disabled')).toBe(false))
  await user.click(allow)
  await waitFor(() => expect(api.reposts.changeSettings).toHaveBeenCalledWith({ body: { allowed: false } }))
  await user.click(await screen.findByRole('button', { name: 'Show reposts by carla' }))
  expect(await screen.findByText('You see everybody’s reposts.')).toBeDefined()
})
