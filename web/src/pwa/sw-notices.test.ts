import { beforeEach, expect, it, vi } from 'vitest'

/** By name, as it is compiled apart. */
const WORKER: string = './sw-notices.ts'
const note = { action: 'show', tag: 'a', title: 'Club', body: 'ana liked your photo', url: '/p/1', badge: 2 }

interface Shown {
  tag: string
  close: ReturnType<typeof vi.fn>
}
const shown: Shown[] = []
const showNotification = vi.fn(async (_title: string, _options: object) => undefined)
const openWindow = vi.fn(async (_path: string) => undefined)
const setAppBadge = vi.fn(async (_count: number) => undefined)
let windows: { focused: boolean; focus: () => Promise<void>; postMessage: (message: unknown) => void }[] = []

async function worker() {
  vi.stubGlobal('self', {
    location: { origin: 'https://photos.example.org' },
    navigator: { setAppBadge },
    registration: {
      showNotification,
      getNotifications: async ({ tag }: { tag: string }) => shown.filter((one) => one.tag === tag),
    },
    clients: { matchAll: async () => windows, openWindow },
  })
  vi.resetModules()
  return (await import(/* @vite-ignore */ WORKER)) as {
    receive(data: unknown): Promise<void>
    openNotice(notice: unknown): Promise<void>
  }
}
const pushOf = (data: unknown) => ({ json: () => data })
const broken = {
  json: () => {
    throw new SyntaxError('no JSON')
  },
}
beforeEach(() => {
  shown.length = 0
  windows = []
  for (const mock of [showNotification, openWindow, setAppBadge]) mock.mockClear()
})

it('shows what a push says, in the place of what had its tag', async () => {
  const { receive } = await worker()
  await receive(pushOf(note))
  expect(showNotification).toHaveBeenCalledExactlyOnceWith(
    'Club',
    expect.objectContaining({
      body: note.body,
      tag: 'a',
      data: { url: '/p/1' },
      silent: false,
      renotify: true,
    }),
  )
  expect(setAppBadge).toHaveBeenCalledWith(2)
  await receive(pushOf({ ...note, quiet: true }))
  expect(showNotification.mock.calls[1]?.[1]).toMatchObject({ silent: true, renotify: false })
})

it.each([null, broken, pushOf(null), pushOf({}), pushOf({ tag: 'a' })])(
  'shows something, whatever came: %#',
  async (data) => {
    const { receive } = await worker()
    await receive(data)
    expect(showNotification).toHaveBeenCalledOnce()
    expect(showNotification.mock.calls[0]?.[1]).toMatchObject({ data: { url: '/notifications' } })
  },
)

it('takes away what is undone, and nothing else', async () => {
  const { receive } = await worker()
  for (const tag of ['a', 'b']) shown.push({ tag, close: vi.fn() })
  await receive(pushOf({ action: 'close', tag: 'a', badge: 1 }))
  expect(shown.map((one) => one.close.mock.calls.length)).toEqual([1, 0])
  expect(showNotification).not.toHaveBeenCalled()
  expect(setAppBadge).toHaveBeenCalledWith(1)
})

it('goes to the open tab, which finds its way; opens one where there is none', async () => {
  const { openNotice } = await worker()
  const press = (url: unknown) => openNotice({ close: vi.fn(), data: { url } })
  await press('/p/1')
  expect(openWindow).toHaveBeenCalledExactlyOnceWith('/p/1')
  const tab = (focused: boolean) => ({ focused, focus: vi.fn(async () => undefined), postMessage: vi.fn() })
  const [other, front] = [tab(false), tab(true)]
  windows = [other, front]
  await press('/p/2?x=1')
  expect(front.focus).toHaveBeenCalledOnce()
  expect(front.postMessage).toHaveBeenCalledExactlyOnceWith({ type: 'open', path: '/p/2?x=1' })
  expect(other.focus).not.toHaveBeenCalled()
  expect(openWindow).toHaveBeenCalledOnce()
})

it.each(['https://evil.example.org/p/1', '//evil.example.org', undefined, 7])(
  'never leaves this place: %s',
  async (url) => {
    const { openNotice } = await worker()
    await openNotice({ close: vi.fn(), data: { url } })
    expect(openWindow).toHaveBeenCalledExactlyOnceWith('/notifications')
  },
)
