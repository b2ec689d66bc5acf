import { screen, waitFor, within } from '@testing-library/react'
import { type HighlightId, type Profile, TintypeError, type WholeHighlight } from '@tintype/contract'
import { describe, expect, it, vi } from 'vitest'
import { fakeApi } from '../../testing/fake-api.ts'
import { page, renderRoute } from '../../testing/render-route.tsx'
import { apiStory, mediaOf, meNamed, stranger, userNamed } from '../../testing/things.ts'
import { authors } from './viewer-under-test.tsx'

const ben = meNamed('ben')
const { viewer: _, ...benSummary } = userNamed('ben')
const { viewer: __, ...anaSummary } = userNamed('ana')
const own = { seen: true, reaction: null, is_author: true, can_reply: false }

const profileOf = (name: string, fields: Partial<Profile> = {}): Profile => ({
  ...userNamed(name),
  profile_picture_variants: [],
  bio: '',
  link: null,
  privacy_level: 'public',
  posts_count: 0,
  followers_count: 0,
  following_count: 0,
  created_at: '2026-01-01T00:00:00.000Z',
  is_self: name === 'ben',
  can_view_content: true,
  viewer: name === 'ben' ? null : stranger,
  ...fields,
})

const whole = (fields: Partial<WholeHighlight> = {}): WholeHighlight => ({
  highlight_id: 'h1' as HighlightId,
  title: 'Porto',
  cover: mediaOf('cover'),
  stories_count: 2,
  user: anaSummary,
  cover_story_id: 's1' as never,
  stories: [apiStory('s1', 'ana', { expires_in: 0 }), apiStory('s2', 'ana', { expires_in: 0 })],
  ...fields,
})

const profile = (name: string) => ({
  'members.profile': async () => profileOf(name),
  'feed.user': async () => page([]),
  'graph.mutual': async () => page([]),
  'stories.ofAuthor': authors({ [name]: name === 'ana' ? [apiStory('s1')] : [] }),
})

describe('a profile', () => {
  it('shows what its member keeps, and their stories by the ring', async () => {
    const { user: _user, stories: _stories, cover_story_id: _cover, ...entry } = whole()
    fakeApi({
      ...profile('ana'),
      'highlights.ofMember': async () => [entry],
      'highlights.get': async () => whole(),
    })
    const { user, path } = await renderRoute('/ana', { me: ben })
    expect(await screen.findByRole('link', { name: 'Story of ana, not seen yet' })).toBeDefined()
    const row = screen.getByRole('region', { name: 'Highlights' })
    await user.click(within(row).getByRole('link', { name: 'Highlight Porto' }))
    expect(await screen.findByRole('dialog', { name: 'Porto' })).toBeDefined()
    expect(await screen.findByRole('img', { name: 'Picture s1' })).toBeDefined()
    await user.keyboard('{ArrowRight}')
    expect(await screen.findByRole('img', { name: 'Picture s2' })).toBeDefined()
    await user.keyboard('{ArrowRight}')
    await waitFor(() => expect(path()).toBe('/ana'))
  })

  it('has no row where nothing is kept, and is whole where that cannot be said', async () => {
    fakeApi({
      ...profile('ana'),
      'highlights.ofMember': () => Promise.reject(new TintypeError('not_found')),
    })
    await renderRoute('/ana', { me: ben })
    expect(await screen.findByRole('heading', { level: 2, name: 'ana' })).toBeDefined()
    expect(screen.queryByRole('region', { name: 'Highlights' })).toBeNull()
  })

  it('of one’s own offers to keep stories of the archive', async () => {
    const api = fakeApi({
      ...profile('ben'),
      'highlights.ofMember': async () => [],
      'stories.archive': async () =>
        page([
          apiStory('s1', 'ben', { viewer: own, expires_in: 0 }),
          apiStory('s2', 'ben', { viewer: own, expires_in: 0 }),
        ]),
      'highlights.create': async ({ body }) =>
        whole({ title: body.title, user: benSummary, stories: [], cover_story_id: body.story_ids[0] }),
    })
    const { user } = await renderRoute('/ben', { me: ben })
    await user.click(await screen.findByRole('button', { name: 'New highlight' }))
    await user.type(await screen.findByLabelText('Title'), 'Summer')
    expect(screen.getByRole('button', { name: 'Save' }).hasAttribute('disabled')).toBe(true)
    await user.click(await screen.findByRole('button', { name: 'Picture s2' }))
    await user.click(screen.getByRole('button', { name: 'Picture s1' }))
    await user.click(screen.getByRole('radio', { name: 'Picture s1' }))
    await user.click(screen.getByRole('button', { name: 'Save' }))
    expect(await screen.findByRole('link', { name: 'Highlight Summer' })).toBeDefined()
    expect(vi.mocked(api.highlights.create).mock.calls[0]?.[0].body).toEqual({
      title: 'Summer',
      story_ids: ['s2', 's1'],
      cover_story_id: 's1',
    })
  })
})

describe('a highlight', () => {
  const mine = whole({
    user: benSummary,
    stories: [apiStory('s1', 'ben', { viewer: own, expires_in: 0, views_count: 0 })],
  })

  it('shows those that are there where one story is missing', async () => {
    fakeApi({
      'highlights.get': async () => whole({ stories: [apiStory('s1', 'ana', { expires_in: 0 })] }),
    })
    await renderRoute('/highlights/h1', { me: ben })
    expect(await screen.findByRole('img', { name: 'Picture s1' })).toBeDefined()
  })

  it('that is gone says so', async () => {
    fakeApi({ 'highlights.get': () => Promise.reject(new TintypeError('not_found')) })
    await renderRoute('/highlights/h1', { me: ben })
    expect(await screen.findByText('This highlight is no longer there', { selector: 'p' })).toBeDefined()
  })

  it('of one’s own is edited and deleted', async () => {
    const api = fakeApi({
      'highlights.get': async () => mine,
      'highlights.delete': async () => ({}),
      'stories.archive': async () => page([]),
      'members.suggested': async () => [],
      'feed.home': async () => page([]),
    })
    const { user, path } = await renderRoute('/highlights/h1', { me: ben })
    await user.click(await screen.findByRole('button', { name: 'Options' }))
    await user.click(await screen.findByRole('button', { name: 'Edit highlight' }))
    expect(await screen.findByDisplayValue('Porto')).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Delete highlight' }))
    await user.click(await screen.findByRole('button', { name: 'Delete' }))
    await waitFor(() => expect(api.highlights.delete).toHaveBeenCalledTimes(1))
    await waitFor(() => expect(path()).toBe('/'))
  })

  it('takes up a story from the viewer', async () => {
    const { user: _user, stories: _stories, cover_story_id: _cover, ...entry } = mine
    const api = fakeApi({
      'stories.ofAuthor': authors({ ben: [apiStory('s9', 'ben', { viewer: own, views_count: 0 })] }),
      'highlights.ofMember': async () => [entry],
      'highlights.get': async () => mine,
      'highlights.edit': async () => mine,
    })
    const { user } = await renderRoute('/stories/ben', { me: ben })
    await user.click(await screen.findByRole('button', { name: 'Options' }))
    await user.click(await screen.findByRole('button', { name: 'Add to a highlight' }))
    await user.click(await screen.findByRole('button', { name: 'Porto' }))
    expect(await screen.findByText('Added to Porto')).toBeDefined()
    expect(vi.mocked(api.highlights.edit).mock.calls[0]?.[0].body).toMatchObject({
      story_ids: ['s1', 's9'],
      cover_story_id: 's1',
    })
  })
})

describe('the archive', () => {
  it('shows one’s stories by day, and those of this day in earlier years', async () => {
    const old = apiStory('s2', 'ben', {
      viewer: own,
      expires_in: 0,
      created_at: '2025-06-10T12:00:00.000Z',
    })
    const api = fakeApi({
      'stories.archive': async ({ query } = {}) =>
        page(query?.on_this_day ? [] : [apiStory('s1', 'ben', { viewer: own }), old]),
    })
    const { user } = await renderRoute('/archive', { me: ben })
    expect(await screen.findByRole('heading', { name: 'June 10, 2025' })).toBeDefined()
    expect(screen.getByRole('link', { name: 'Picture s2' }).getAttribute('href')).toBe('/archive/s2')
    await user.click(screen.getByRole('tab', { name: 'On this day' }))
    expect(await screen.findByText('Nothing on this day')).toBeDefined()
    expect(vi.mocked(api.stories.archive).mock.calls.at(-1)?.[0]?.query).toMatchObject({
      on_this_day: true,
      time_zone: expect.any(String),
    })
  })
})
