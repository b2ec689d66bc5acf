import { screen, waitFor, within } from '@testing-library/react'
import { TintypeError } from '@tintype/contract'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeApi } from '../../testing/fake-api.ts'
import { page, renderRoute } from '../../testing/render-route.tsx'
import { apiPost, mediaOf, meNamed } from '../../testing/things.ts'
import { setSequence } from './sequence.ts'

const ben = meNamed('ben')
const [first, second] = [
  apiPost('p1', 'ana', { caption: 'First' }),
  apiPost('p2', 'ana', { caption: 'Second' }),
]
const posts = { p1: first, p2: second } as Record<string, typeof first>
const answers = {
  'feed.explore': async () => page([first, second]),
  'posts.get': async ({ params }: { params: { post_id: string } }) => {
    const post = posts[params.post_id]
    if (!post) throw new TintypeError('not_found')
    return post
  },
  'comments.list': async () => page([]),
  'feed.user': async () => page([first, second]),
}
beforeEach(() => setSequence([]))
// What is loaded when it is first opened: how long that takes is not what is tested.
beforeAll(async () => {
  await Promise.all([
    import('../../features/explore/ExploreScreen.tsx'),
    import('./PostDialog.tsx'),
    import('./PostScreen.tsx'),
    import('./EditPostDialog.tsx'),
    import('../../ui/ActionMenuPanel.tsx'),
  ])
}, 120_000)

const openFirst = async () => {
  const view = await renderRoute('/explore', { me: ben })
  const [tile] = await screen.findAllByRole('link', { name: /0 likes/ })
  await view.user.click(tile as HTMLElement)
  const dialog = await screen.findByRole('dialog', { name: 'Post by ana' })
  return { ...view, tile, dialog: within(dialog) }
}

describe('a post over the page', () => {
  it('keeps the page and has its own address', async () => {
    fakeApi(answers)
    const { dialog, router, path } = await openFirst()
    expect(await dialog.findByText('First')).toBeDefined()
    expect(path()).toBe('/explore')
    expect(router.state.location.maskedLocation?.pathname).toBe('/p/p1')
  })

  it('leads along the list it was opened from', async () => {
    fakeApi(answers)
    const { user, dialog } = await openFirst()
    expect(dialog.queryByRole('button', { name: 'Previous post' })).toBeNull()
    await user.click(dialog.getByRole('button', { name: 'Next post' }))
    expect(await screen.findByText('Second')).toBeDefined()
    await user.keyboard('k')
    expect(await screen.findByText('First')).toBeDefined()
  })

  it('closes by Esc and gives focus back to its tile', async () => {
    fakeApi(answers)
    const { user, tile } = await openFirst()
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    await waitFor(() => expect(document.activeElement).toBe(tile))
  })

  it('is liked by its key', async () => {
    const api = fakeApi({ ...answers, 'engagement.like': async () => ({ liked: true, likes_count: 1 }) })
    const { user, dialog } = await openFirst()
    await user.keyboard('l')
    expect(await dialog.findByRole('button', { name: 'Unlike' })).toBeDefined()
    expect(api.engagement.like).toHaveBeenCalledWith({ params: { post_id: 'p1' } })
  })
})

describe('a post at its own address', () => {
  it('is there for visitors, who may not take part', async () => {
    fakeApi(answers)
    await renderRoute('/p/p1')
    expect(await screen.findByText('First')).toBeDefined()
    expect(screen.getByRole('link', { name: 'Log in to like or comment' })).toBeDefined()
    await waitFor(() => expect(document.title).toBe('ana on Tintype: “First” · The Photo Club'))
  })

  it('is followed by more of the same member, without itself', async () => {
    fakeApi(answers)
    await renderRoute('/p/p1', { me: ben })
    expect(await screen.findByRole('heading', { name: 'More from ana' })).toBeDefined()
    expect(await screen.findAllByRole('link', { name: /0 likes/ })).toHaveLength(1)
  })

  it('says so when it is gone', async () => {
    fakeApi(answers)
    await renderRoute('/p/p9', { me: ben })
    expect(await screen.findByRole('heading', { name: 'This post is no longer here' })).toBeDefined()
  })
})

describe('a post of one’s own', () => {
  const own = apiPost('p1', 'ben', {
    caption: 'First',
    location: { name: 'Porto', lat: 41, lon: -8 },
    media: [mediaOf('m1', { alt_text: 'A boat' }), mediaOf('m2')],
    viewer: { liked: false, saved: false, following: false, is_author: true },
  })
  const openMenu = async (more: Parameters<typeof fakeApi>[0] = {}) => {
    const api = fakeApi({
      ...answers,
      'posts.get': async () => own,
      'feed.user': async () => page([own]),
      ...more,
    })
    const { user } = await renderRoute('/p/p1', { me: ben })
    await user.click(await screen.findByRole('button', { name: 'Options for this post' }))
    await screen.findByRole('dialog', { name: 'Options for this post' })
    return { api, user }
  }

  it('can be edited: caption, descriptions, comments; a place that stays keeps where it is', async () => {
    const { api, user } = await openMenu({
      'posts.edit': async ({ body }) => ({ ...own, caption: body.caption ?? '' }),
    })
    await user.click(screen.getByRole('button', { name: 'Edit' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Edit post' }))
    await user.type(dialog.getByLabelText('Caption'), ', again')
    await user.type(dialog.getByLabelText('Description of picture 2'), 'The river')
    await user.selectOptions(dialog.getByRole('combobox', { name: 'Who can comment' }), 'Nobody')
    await user.click(dialog.getByRole('switch', { name: /Hide like counts/ }))
    await user.click(dialog.getByRole('button', { name: 'Save' }))
    expect(await screen.findByText('First, again')).toBeDefined()
    expect(vi.mocked(api.posts.edit).mock.calls[0]?.[0].body).toEqual({
      caption: 'First, again',
      location: { name: 'Porto', lat: 41, lon: -8 },
      comments_from: 'off',
      likes_hidden: true,
      downloads_allowed: false,
      alt_texts: ['A boat', 'The river'],
    })
  })

  it('keeps the form when saving fails, and says why', async () => {
    const { user } = await openMenu({ 'posts.edit': () => Promise.reject(new TintypeError('too_many_tags')) })
    await user.click(screen.getByRole('button', { name: 'Edit' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Edit post' }))
    await user.click(dialog.getByRole('button', { name: 'Save' }))
    expect((await dialog.findByRole('alert')).textContent).toMatch(/up to 30 hashtags/)
  })

  it('turns its comments off from the menu', async () => {
    const { user } = await openMenu({ 'posts.edit': async () => ({ ...own, comments_enabled: false }) })
    await user.click(screen.getByRole('button', { name: 'Turn off comments' }))
    expect(await screen.findByText('Comments are off')).toBeDefined()
  })

  it('leaves its page when it is deleted', async () => {
    const { user } = await openMenu({ 'posts.delete': async () => ({}) })
    await user.click(screen.getByRole('button', { name: 'Delete' }))
    const question = within(await screen.findByRole('alertdialog'))
    await user.click(question.getByRole('button', { name: 'Delete' }))
    expect(await screen.findByText('Post deleted')).toBeDefined()
  })
})

describe('several pictures', () => {
  it('are counted and turned by buttons', async () => {
    const many = apiPost('p1', 'ana', { media: [mediaOf('m1'), mediaOf('m2'), mediaOf('m3')] })
    fakeApi({ ...answers, 'posts.get': async () => many, 'feed.user': async () => page([many]) })
    const scrollTo = vi.fn()
    Element.prototype.scrollTo = scrollTo
    const { user } = await renderRoute('/p/p1', { me: ben })
    expect(await screen.findByRole('status', { name: 'Photo 1 of 3' })).toBeDefined()
    expect(screen.queryByRole('button', { name: 'Previous picture' })).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Next picture' }))
    expect(scrollTo).toHaveBeenCalledWith(expect.objectContaining({ left: 900 }))
  })
})

describe('the keys of an open post', () => {
  const open = async () => {
    const many = apiPost('p1', 'ana', { media: [mediaOf('m1'), mediaOf('m2')], likes_count: 1 })
    fakeApi({
      ...answers,
      'posts.get': async () => many,
      'feed.user': async () => page([many]),
      'engagement.likes': async () => page([]),
    })
    const scrollTo = vi.fn()
    Element.prototype.scrollTo = scrollTo
    const { user } = await renderRoute('/p/p1', { me: ben })
    await screen.findByRole('status', { name: 'Photo 1 of 2' })
    return { user, scrollTo }
  }
  it.each(['Options for this post', '1 like'])(
    'turn its pictures after "%s" was closed, too',
    async (opener) => {
      const { user, scrollTo } = await open()
      await user.click(screen.getByRole('button', { name: opener }))
      await screen.findByRole('dialog')
      await user.keyboard('{Escape}')
      await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
      scrollTo.mockClear()
      await user.keyboard('{ArrowRight}')
      expect(scrollTo).toHaveBeenCalledTimes(1)
    },
  )

  it('do not reach it through what lies over it', async () => {
    const { user, scrollTo } = await open()
    await user.click(screen.getByRole('button', { name: 'Options for this post' }))
    await screen.findByRole('dialog')
    scrollTo.mockClear()
    await user.keyboard('{ArrowRight}f')
    expect(scrollTo).not.toHaveBeenCalled()
    expect(screen.queryByRole('dialog', { name: 'Pictures by ana' })).toBeNull()
  })
})
