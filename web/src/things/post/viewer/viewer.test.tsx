import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeAll, describe, expect, it } from 'vitest'
import { fakeApi } from '../../../testing/fake-api.ts'
import { page, renderRoute } from '../../../testing/render-route.tsx'
import { apiPost, mediaOf, meNamed } from '../../../testing/things.ts'

const post = apiPost('p1', 'ana', {
  media: [
    mediaOf('tall', { alt_text: 'A tower', width: 900, height: 1600 }),
    mediaOf('wide', { alt_text: 'A coast', width: 2400, height: 600 }),
    mediaOf('square', { alt_text: 'A plate', width: 800, height: 800 }),
  ],
})
const answers = {
  'posts.get': async () => post,
  'comments.list': async () => page([]),
  'feed.user': async () => page([post]),
}
beforeAll(() => import('./Viewer.tsx'), 60_000)

/** jsdom scrolls nothing: a track is where it was last told to be, and says so. */
function scrolls() {
  HTMLElement.prototype.scrollTo = function scrollTo(this: HTMLElement, to?: ScrollToOptions | number) {
    if (typeof to !== 'object' || to.left === undefined) return
    this.scrollLeft = to.left
    fireEvent.scroll(this)
  }
}

async function openViewer() {
  scrolls()
  fakeApi(answers)
  const view = await renderRoute('/p/p1', { me: meNamed('ben') })
  await view.user.click(await screen.findByRole('button', { name: 'View full screen' }))
  const viewer = await screen.findByRole('dialog', { name: 'Pictures by ana' })
  const inside = within(viewer)
  const shown = () => inside.getByRole('status').textContent
  const scale = () => {
    const style = viewer.querySelector<HTMLElement>('[data-picture]')?.style.transform ?? ''
    return Number(/scale\(([\d.]+)\)/.exec(style)?.[1])
  }
  return { ...view, viewer, inside, shown, scale }
}
const isClosed = () => waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())

describe('pictures on the full screen', () => {
  it('are turned by buttons, which are there only where there is a further one', async () => {
    const { user, inside, shown } = await openViewer()
    expect(shown()).toBe('1/3')
    expect(inside.queryByRole('button', { name: 'Previous picture' })).toBeNull()
    await user.click(inside.getByRole('button', { name: 'Next picture' }))
    await user.click(inside.getByRole('button', { name: 'Next picture' }))
    expect(shown()).toBe('3/3')
    expect(inside.queryByRole('button', { name: 'Next picture' })).toBeNull()
  })

  it('are turned by keys, to the ends as well', async () => {
    const { user, shown } = await openViewer()
    await user.keyboard('{ArrowRight}')
    expect(shown()).toBe('2/3')
    await user.keyboard('{End}')
    expect(shown()).toBe('3/3')
    await user.keyboard('{Home}{ArrowLeft}')
    expect(shown()).toBe('1/3')
  })

  it('are enlarged by keys and buttons; the next one begins whole', async () => {
    const { user, inside, scale, shown } = await openViewer()
    await user.keyboard('+')
    expect(scale()).toBeCloseTo(1.5)
    await user.click(inside.getByRole('button', { name: 'Enlarge' }))
    expect(scale()).toBeCloseTo(2.25)
    // An enlarged picture is moved by the arrows, not turned.
    await user.keyboard('{ArrowRight}')
    expect(shown()).toBe('1/3')
    await user.keyboard('0')
    expect(scale()).toBe(1)
    await user.keyboard('+')
    await user.click(inside.getByRole('button', { name: 'Next picture' }))
    await waitFor(() => expect(scale()).toBe(1))
  })

  it('cannot be made smaller than whole', async () => {
    const { user, inside, scale } = await openViewer()
    expect(inside.getByRole('button', { name: 'Make smaller' })).toHaveProperty('disabled', true)
    await user.keyboard('-')
    expect(scale()).toBe(1)
  })

  it('load only what is shown and what is beside it', async () => {
    const { viewer } = await openViewer()
    expect([...viewer.querySelectorAll('img')].map((img) => img.alt)).toEqual(['A tower', 'A coast'])
  })

  it('hide from screen readers what is not shown', async () => {
    const { user, inside } = await openViewer()
    expect(inside.getByRole('img', { name: 'A tower' })).toBeDefined()
    expect(inside.queryByRole('img', { name: 'A coast' })).toBeNull()
    await user.keyboard('{ArrowRight}')
    expect(inside.getByRole('img', { name: 'A coast' })).toBeDefined()
  })
})

describe('closing the full screen', () => {
  it.each(['{Escape}', 'f'])('works by %s', async (key) => {
    const { user, path } = await openViewer()
    await user.keyboard(key)
    await isClosed()
    expect(path()).toBe('/p/p1')
  })

  it('works by the cross and by going back, once', async () => {
    const { user, inside, router } = await openViewer()
    await user.dblClick(inside.getByRole('button', { name: 'Close' }))
    await isClosed()
    expect(router.state.location.pathname).toBe('/p/p1')
    await user.click(screen.getByRole('button', { name: 'View full screen' }))
    await screen.findByRole('dialog', { name: 'Pictures by ana' })
    act(() => router.history.back())
    await isClosed()
  })

  it('finds the post at the picture that was seen last', async () => {
    const { user } = await openViewer()
    await user.keyboard('{ArrowRight}{ArrowRight}{Escape}')
    await isClosed()
    expect(await screen.findByRole('status', { name: 'Photo 3 of 3' })).toBeDefined()
  })
})
