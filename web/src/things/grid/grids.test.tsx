import { screen, waitFor, within } from '@testing-library/react'
import { TintypeError } from '@tintype/contract'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { fakeApi } from '../../testing/fake-api.ts'
import { page, renderRoute } from '../../testing/render-route.tsx'
import { apiPost, mediaOf, meNamed } from '../../testing/things.ts'

const ben = meNamed('ben')
// How long it takes to load a screen is not what is tested.
beforeAll(async () => {
  await Promise.all([
    import('../../features/explore/ExploreScreen.tsx'),
    import('../../features/saved/SavedScreen.tsx'),
    import('../../features/hashtag/HashtagScreen.tsx'),
  ])
}, 120_000)
const nine = (from = 1) => Array.from({ length: 9 }, (_, n) => apiPost(`p${from + n}`))

/** What else a screen asks for. */
const none = { 'collections.list': async () => page([]) }

/** The screens that are grids: where, which operation, what they say while there is nothing. */
const grids = [
  ['/explore', 'feed.explore', 'Explore', 'Nothing to explore yet'],
  ['/saved', 'feed.saved', 'Saved', 'Keep what you want to find again'],
  ['/tags/fog', 'feed.hashtag', '#fog', 'No posts with this tag'],
] as const

describe.each(grids)('the grid at %s', (address, operation, title, nothing) => {
  it('shows the pictures, each leading to its post', async () => {
    fakeApi({ ...none, [operation]: async () => page(nine()) })
    await renderRoute(address, { me: ben })
    expect(await screen.findByRole('heading', { level: 1, name: title })).toBeDefined()
    const list = await screen.findByRole('list', { name: title })
    const links = within(list).getAllByRole('link')
    expect(links.slice(0, 3).map((link) => link.getAttribute('href'))).toEqual(['/p/p1', '/p/p2', '/p/p3'])
  })

  it('says what it is for while there is nothing', async () => {
    fakeApi({ ...none, [operation]: async () => page([]) })
    await renderRoute(address, { me: ben })
    expect(await screen.findByRole('heading', { name: nothing })).toBeDefined()
    expect(screen.queryByRole('list', { name: title })).toBeNull()
  })

  it('says what is wrong, and tries again', async () => {
    const answer = vi.fn(async () => page(nine()))
    answer.mockRejectedValueOnce(new TintypeError('internal'))
    fakeApi({ ...none, [operation]: answer })
    const { user } = await renderRoute(address, { me: ben })
    await user.click(await screen.findByRole('button', { name: 'Try again' }))
    expect(await screen.findByRole('list', { name: title })).toBeDefined()
  })

  it('goes on where the last page ended', async () => {
    const answer = vi.fn(async ({ query }: { query?: { cursor?: string } }) =>
      query?.cursor ? page(nine(10)) : page(nine(), 'next'),
    )
    fakeApi({ ...none, [operation]: answer })
    await renderRoute(address, { me: ben })
    await waitFor(() => expect(answer).toHaveBeenCalledTimes(2))
    expect(answer.mock.calls[1]?.[0].query?.cursor).toBe('next')
  })
})

describe('a tile', () => {
  const tile = async (fields: Parameters<typeof apiPost>[2]) => {
    fakeApi({ 'feed.explore': async () => page([apiPost('p1', 'ana', fields)]) })
    await renderRoute('/explore', { me: ben })
    return screen.findByRole('link', { name: /ana/ })
  }

  it('says what is there, how many like it, and whether there is more than one', async () => {
    const media = [mediaOf('a', { alt_text: 'A harbour by ana' }), mediaOf('b')]
    const link = await tile({ media, likes_count: 12_345, comments_count: 1 })
    expect(link.textContent).toContain('12,345 likes, 1 comment')
    expect(link.textContent).toContain('12.3K')
    expect(link.textContent).toContain('several pictures')
    expect(within(link).getByAltText('A harbour by ana')).toBeDefined()
  })

  it('of one’s own that is not there yet says so', async () => {
    const link = await tile({ status: 'processing' })
    expect(within(link).getByRole('status', { name: /Developing/ })).toBeDefined()
    expect(link.textContent).not.toContain('likes')
  })

  it('of one that failed says so', async () => {
    expect((await tile({ status: 'failed' })).textContent).toContain('This post could not be made.')
  })
})

it('a deleted post leaves every grid, and nothing else moves out of its place', async () => {
  fakeApi({ 'feed.explore': async () => page(nine()) })
  await renderRoute('/explore', { me: ben })
  const list = await screen.findByRole('list', { name: 'Explore' })
  const { entities } = await import('../../data/entities/entities.ts')
  entities.remove('posts', 'p2' as never)
  await waitFor(() =>
    expect(
      within(list)
        .getAllByRole('link')
        .slice(0, 3)
        .map((link) => link.getAttribute('href')),
    ).toEqual(['/p/p1', '/p/p3', '/p/p4']),
  )
})

it('a grid whose width can be measured draws its tiles once', async () => {
  const width = vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(390)
  const blurs = vi.spyOn(HTMLCanvasElement.prototype, 'getContext')
  fakeApi({ 'feed.explore': async () => page(nine()) })
  await renderRoute('/explore', { me: ben })
  const links = within(await screen.findByRole('list', { name: 'Explore' })).getAllByRole('link')
  const drawn = new Set(blurs.mock.contexts)
  width.mockRestore()
  blurs.mockRestore()
  expect(drawn.size).toBe(links.length)
})

it('what a member has more of stands below a post as it was drawn, measured or not', async () => {
  const measured = vi.spyOn(ResizeObserver.prototype, 'observe')
  fakeApi({
    'posts.get': async () => apiPost('p1'),
    'comments.list': async () => page([]),
    'feed.user': async () => page([apiPost('p1'), apiPost('p2'), apiPost('p3')]),
  })
  await renderRoute('/p/p1', { me: ben })
  const list = await screen.findByRole('list', { name: /More from/ })
  expect(within(list).getAllByRole('link')).toHaveLength(2)
  expect(measured.mock.calls.filter(([element]) => element.contains(list))).toEqual([])
})
