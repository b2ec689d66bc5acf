import { act, screen, waitFor } from '@testing-library/react'
import { TintypeError } from '@tintype/contract'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { fakeApi } from '../../testing/fake-api.ts'
import { page, renderRoute } from '../../testing/render-route.tsx'
import { apiStory, meNamed, trayEntry } from '../../testing/things.ts'
import { authors, hideTab, paint, pass, passOneStory, picture, stopTheClock } from './viewer-under-test.tsx'

const ben = meNamed('ben')
const home = {
  'members.suggested': async () => [],
  'feed.home': async () => page([]),
  'stories.view': async () => ({ seen: true }),
}
const withRow = { 'stories.feed': async () => page([]) }
const two = { ana: [apiStory('s1'), apiStory('s2')] }
const seen = { seen: true, reaction: null, is_author: false, can_reply: false }

async function open(address: string, answers: Parameters<typeof fakeApi>[0]) {
  const api = fakeApi({ ...home, ...answers })
  const view = await renderRoute(address, { me: ben })
  await screen.findByRole('dialog')
  return { api, ...view }
}

/** From the row above the feed, where the browser was. */
async function openFromTray(answers: Parameters<typeof fakeApi>[0]) {
  const api = fakeApi({
    ...home,
    'stories.feed': async () => page([trayEntry('ana'), trayEntry('carla')]),
    ...answers,
  })
  const view = await renderRoute('/', { me: ben })
  await view.user.click(await screen.findByRole('link', { name: /^Story of ana/ }))
  await screen.findByRole('img', { name: 'Picture s1' })
  return { api, ...view }
}

afterEach(() => {
  vi.useRealTimers()
})

describe('a story', () => {
  it('runs for its time once it is painted, then gives its place to the next', async () => {
    const { api } = await open('/stories/ana', { 'stories.ofAuthor': authors(two) })
    await screen.findByRole('img', { name: 'Picture s1' })
    stopTheClock()
    await passOneStory()
    expect(picture('Picture s1')).toBeDefined()
    expect(api.stories.view).not.toHaveBeenCalled()
    await paint('Picture s1')
    expect(api.stories.view).toHaveBeenCalledTimes(1)
    await passOneStory()
    expect(picture('Picture s2')).toBeDefined()
    expect(api.stories.view).toHaveBeenCalledTimes(1)
  })

  it('stands still, and is not counted, in a hidden tab', async () => {
    const { api } = await open('/stories/ana', { 'stories.ofAuthor': authors(two) })
    await screen.findByRole('img', { name: 'Picture s1' })
    stopTheClock()
    hideTab(true)
    await paint('Picture s1')
    await pass(20_000)
    expect(picture('Picture s1')).toBeDefined()
    expect(api.stories.view).not.toHaveBeenCalled()
    hideTab(false)
    expect(api.stories.view).toHaveBeenCalledTimes(1)
    await passOneStory()
    expect(picture('Picture s2')).toBeDefined()
  })

  it('is counted once, however often one goes back and forth', async () => {
    const { api, user } = await open('/stories/ana', { 'stories.ofAuthor': authors(two) })
    await screen.findByRole('img', { name: 'Picture s1' })
    for (let round = 0; round < 3; round++) {
      await paint('Picture s1')
      await user.keyboard('{ArrowRight}')
      await screen.findByRole('img', { name: 'Picture s2' })
      await paint('Picture s2')
      await user.keyboard('{ArrowLeft}')
      await screen.findByRole('img', { name: 'Picture s1' })
    }
    expect(api.stories.view).toHaveBeenCalledTimes(2)
  })

  it('that one’s connection lost is counted when it is back, once', async () => {
    let isOffline = true
    const { api } = await open('/stories/ana', {
      'stories.ofAuthor': authors(two),
      'stories.view': async () => {
        if (isOffline) throw new TintypeError('unavailable')
        return { seen: true }
      },
    })
    await screen.findByRole('img', { name: 'Picture s1' })
    await paint('Picture s1')
    await waitFor(() => expect(localStorage.getItem('tintype.views')).toContain('s1'))
    isOffline = false
    vi.mocked(api.stories.view).mockClear()
    act(() => void window.dispatchEvent(new Event('online')))
    await waitFor(() => expect(localStorage.getItem('tintype.views')).toBeNull())
    act(() => void window.dispatchEvent(new Event('online')))
    expect(api.stories.view).toHaveBeenCalledTimes(1)
  })

  it('of one’s own is not counted', async () => {
    const own = apiStory('s1', 'ben', {
      views_count: 0,
      viewer: { ...seen, seen: false, is_author: true },
    })
    const { api } = await open('/stories/ben', { 'stories.ofAuthor': authors({ ben: [own] }) })
    await screen.findByRole('img', { name: 'Picture s1' })
    await paint('Picture s1')
    expect(await screen.findByRole('button', { name: 'Nobody has seen it yet' })).toBeDefined()
    expect(api.stories.view).not.toHaveBeenCalled()
  })

  it('leaves an open viewer when the seconds are over that the server said were left', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    const ending = {
      ana: [apiStory('s1', 'ana', { expires_in: 3600 }), apiStory('s2', 'ana', { expires_in: 7200 })],
    }
    const { path } = await open('/stories/ana/s1', { ...withRow, 'stories.ofAuthor': authors(ending) })
    await screen.findByRole('img', { name: 'Picture s1' })
    await pass(3600_000)
    expect(picture('Picture s2')).toBeDefined()
    await pass(3600_000)
    await waitFor(() => expect(path()).toBe('/'))
  })

  it('that was deleted meanwhile gives its place to the next', async () => {
    await open('/stories/ana', {
      'stories.ofAuthor': authors(two),
      'stories.view': () => Promise.reject(new TintypeError('not_found')),
    })
    await screen.findByRole('img', { name: 'Picture s1' })
    await paint('Picture s1')
    expect(await screen.findByRole('img', { name: 'Picture s2' })).toBeDefined()
  })

  it('that is gone says so', async () => {
    await open('/stories/ana/s9', { 'stories.ofAuthor': authors(two) })
    expect(await screen.findByText('This story is no longer there', { selector: 'p' })).toBeDefined()
  })

  it('begins with the first that is unseen', async () => {
    const stories = { ana: [apiStory('s1', 'ana', { viewer: seen }), apiStory('s2')] }
    await open('/stories/ana', { 'stories.ofAuthor': authors(stories) })
    expect(await screen.findByRole('img', { name: 'Picture s2' })).toBeDefined()
  })
})

describe('the viewer', () => {
  it('pauses at the space bar and at its button', async () => {
    const { user } = await open('/stories/ana', { 'stories.ofAuthor': authors(two) })
    await screen.findByRole('img', { name: 'Picture s1' })
    await paint('Picture s1')
    await user.keyboard(' ')
    const play = await screen.findByRole('button', { name: 'Play' })
    stopTheClock()
    await pass(20_000)
    expect(picture('Picture s1')).toBeDefined()
    await act(async () => play.click())
    await passOneStory()
    expect(picture('Picture s2')).toBeDefined()
  })

  it('goes on with the next author after the last story, and closes after the last author', async () => {
    const { path, user } = await openFromTray({
      'stories.ofAuthor': authors({ ana: [apiStory('s1')], carla: [apiStory('c1', 'carla')] }),
    })
    await user.keyboard('{ArrowRight}')
    await screen.findByRole('img', { name: 'Picture c1' })
    expect(path()).toBe('/stories/carla')
    await user.keyboard('{ArrowRight}')
    await waitFor(() => expect(path()).toBe('/'))
  })

  it('is left by Esc; focus returns to the ring', async () => {
    const { path, user } = await openFromTray({ 'stories.ofAuthor': authors(two) })
    await user.keyboard('{ArrowRight}')
    await screen.findByRole('img', { name: 'Picture s2' })
    await user.keyboard('{Escape}')
    await waitFor(() => expect(path()).toBe('/'))
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^Story of ana/))
  })

  it('fetches the next two pictures ahead, those of the next author too', async () => {
    const asked: string[] = []
    vi.stubGlobal(
      'Image',
      class {
        set src(address: string) {
          asked.push(address)
        }
      },
    )
    await openFromTray({
      'stories.ofAuthor': authors({ ana: two.ana, carla: [apiStory('c1', 'carla')] }),
    })
    await waitFor(() => expect(asked.join()).toContain('m-c1'))
    expect(asked.join()).toContain('m-s2')
    vi.unstubAllGlobals()
  })

  it('takes an author’s stories out of one’s row', async () => {
    const { api, user } = await open('/stories/ana', {
      'stories.ofAuthor': authors(two),
      'stories.mute': async () => ({ user_id: 'u-ana' as never, listed: true }),
    })
    await user.click(await screen.findByRole('button', { name: 'Options' }))
    await user.click(await screen.findByRole('button', { name: 'Mute stories of ana' }))
    await waitFor(() => expect(api.stories.mute).toHaveBeenCalledWith({ params: { username: 'ana' } }))
    expect(await screen.findByText(/Their stories leave your row/)).toBeDefined()
  })

  it('reacts at once, and takes it back where that fails', async () => {
    const answer = Promise.withResolvers<{ reaction: string }>()
    const { user } = await open('/stories/ana', {
      'stories.ofAuthor': authors(two),
      'stories.react': () => answer.promise,
    })
    const fire = await screen.findByRole('button', { name: 'React with 🔥' })
    await user.click(fire)
    expect(fire.getAttribute('aria-pressed')).toBe('true')
    answer.reject(new TintypeError('internal'))
    await waitFor(() => expect(fire.getAttribute('aria-pressed')).toBe('false'))
  })
})

describe('an author', () => {
  const own = apiStory('s1', 'ben', { views_count: 1, viewer: { ...seen, is_author: true } })

  it('sees who has seen it, with their reactions', async () => {
    const { user } = await open('/stories/ben', {
      'stories.ofAuthor': authors({ ben: [own] }),
      'stories.views': async () =>
        page([
          {
            user: { ...trayEntry('carla').user, viewer: null },
            reaction: '👏',
            viewed_at: new Date().toISOString(),
          },
        ]),
    })
    await user.click(await screen.findByRole('button', { name: 'Seen by 1' }))
    expect(await screen.findByText('👏')).toBeDefined()
    expect(screen.getByRole('link', { name: /carla/ })).toBeDefined()
  })

  it('deletes it', async () => {
    const { api, path, user } = await open('/stories/ben', {
      'stories.ofAuthor': authors({ ben: [own] }),
      'stories.delete': async () => ({}),
    })
    await user.click(await screen.findByRole('button', { name: 'Options' }))
    await user.click(await screen.findByRole('button', { name: 'Delete story' }))
    await user.click(await screen.findByRole('button', { name: 'Delete' }))
    expect(await screen.findByText('Story deleted')).toBeDefined()
    expect(api.stories.delete).toHaveBeenCalledTimes(1)
    await waitFor(() => expect(path()).toBe('/'))
  })
})
