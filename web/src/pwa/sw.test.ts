import { sha256 } from '@noble/hashes/sha2.js'
import { MEMBER_HEADER } from '@tintype/contract'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { OFFLINE_CACHE } from '../data/offline-feed.ts'

/** By name, as it is compiled apart: it knows no document, but what only workers have. */
const WORKER: string = './sw.ts'
const ORIGIN = 'http://localhost:3000'
const absolute = (request: RequestInfo | URL) =>
  new URL(typeof request === 'object' && 'url' in request ? request.url : String(request), ORIGIN).href

/** The browser's cache, in memory: by address, without variants. */
class MemoryCache {
  readonly kept = new Map<string, Response>()
  keys = async () => [...this.kept.keys()].map((url) => new Request(url))
  match = async (request: RequestInfo | URL) => this.kept.get(absolute(request))?.clone()
  put = async (request: RequestInfo | URL, response: Response) =>
    void this.kept.set(absolute(request), response)
  delete = async (request: RequestInfo | URL) => this.kept.delete(absolute(request))
  async add(request: RequestInfo | URL) {
    const response = await fetch(request)
    if (!response.ok) throw new TypeError('not there')
    await this.put(request, response)
  }
  addAll = async (requests: Request[]) => {
    await Promise.all(requests.map((request) => this.add(request)))
  }
}

const stores = new Map<string, MemoryCache>()
const open = async (name: string) => {
  const store = stores.get(name) ?? new MemoryCache()
  stores.set(name, store)
  return store
}
const memoryCaches = {
  open,
  keys: async () => [...stores.keys()],
  delete: async (name: string) => stores.delete(name),
}

type Listener = (event: Record<string, unknown>) => void
interface Worker {
  /** What the worker answers; undefined where it leaves the request to the browser. */
  ask: (path: string, init?: { mode?: string; method?: string; as?: string }) => Promise<Response> | undefined
  /** Installs or activates, and waits for it. */
  become: (state: 'install' | 'activate') => Promise<void>
  tell: (data: unknown) => void
  skipWaiting: ReturnType<typeof vi.fn>
}

/** The worker of a version of the app, in a browser of its own. */
async function startWorker(revision = '1'): Promise<Worker> {
  const listeners = new Map<string, Listener>()
  const skipWaiting = vi.fn(async () => undefined)
  const manifest = [
    { url: 'index.html', revision },
    { url: 'assets/app.js', revision: null },
  ]
  vi.stubGlobal('self', {
    __WB_MANIFEST: manifest,
    addEventListener: (name: string, listener: Listener) => listeners.set(name, listener),
    clients: { claim: async () => undefined },
    skipWaiting,
  })
  vi.resetModules()
  await import(/* @vite-ignore */ WORKER)
  const later: Promise<unknown>[] = []
  const waitUntil = (work: Promise<unknown>) => later.push(work)
  return {
    skipWaiting,
    tell: (data) => listeners.get('message')?.({ data }),
    async become(state) {
      listeners.get(state)?.({ waitUntil })
      await Promise.all(later)
    },
    ask(path, { mode = 'cors', method = 'GET', as } = {}) {
      let answer: Promise<Response> | undefined
      const request = Object.assign(
        new Request(new URL(path, ORIGIN), { method, headers: as ? { [MEMBER_HEADER]: as } : {} }),
        {},
      )
      Object.defineProperty(request, 'mode', { value: mode })
      listeners.get('fetch')?.({
        request,
        waitUntil,
        respondWith: (given: Promise<Response>) => (answer = given),
      })
      return answer?.then(async (response) => {
        await Promise.all(later)
        return response
      })
    },
  }
}

const picture = (name: string, width: number) => ({
  url: `/media/${name}/${width}.webp`,
  width,
  height: width,
  content_type: 'image/webp',
})
const feedOf = (...names: string[]) => ({
  data: names.map((name) => ({
    media: [{ variants: [picture(name, 150), picture(name, 640), picture(name, 1440)] }],
  })),
})

/** What the server has; null: there is no network. */
let replies: Record<string, unknown> | null = {}
const asked: string[] = []

beforeEach(() => {
  stores.clear()
  asked.length = 0
  replies = {
    '/api/v1/feed/home': feedOf('a', 'b'),
    '/api/v1/feed/explore': feedOf('c'),
    '/api/v1/users/me': { data: 'private' },
    '/index.html': 'the page',
    '/assets/app.js': 'the app',
  }
  vi.stubGlobal('caches', memoryCaches)
  vi.stubGlobal(
    'Request',
    class extends Request {
      constructor(input: RequestInfo | URL, init?: RequestInit) {
        super(absolute(input), init)
      }
    },
  )
  // jsdom has none.
  const digest = async (_: string, bytes: Uint8Array) => sha256(bytes).buffer
  vi.stubGlobal('crypto', { subtle: { digest } })
  vi.stubGlobal('fetch', async (request: RequestInfo | URL) => {
    const { pathname } = new URL(absolute(request))
    asked.push(pathname)
    if (!replies) throw new TypeError('Failed to fetch')
    if (pathname.startsWith('/media/')) return new Response(pathname)
    const reply = replies[pathname]
    return reply === undefined ? new Response(null, { status: 404 }) : Response.json(reply)
  })
})

const FEED = '/api/v1/feed/home?limit=20&sort=ranked'
const EXPLORE = '/api/v1/feed/explore?limit=30'
const keptPaths = () =>
  [...(stores.get(OFFLINE_CACHE)?.kept.keys() ?? [])].map((url) => new URL(url).pathname).sort()

describe('without a network', () => {
  it('shows a member nothing that was kept of another one of this browser', async () => {
    const worker = await startWorker()
    const home = '/api/v1/feed/home?limit=20'
    await worker.ask(home, { as: 'ana' })
    replies = null
    expect((await worker.ask(home, { as: 'ana' }))?.ok).toBe(true)
    await expect(worker.ask(home, { as: 'ben' })).rejects.toThrow('Failed to fetch')
  })

  it('the last home feed and explore are there, with the small picture of each post', async () => {
    const { ask } = await startWorker()
    await ask(FEED)
    await ask(EXPLORE)
    expect(keptPaths()).toEqual([
      '/api/v1/feed/explore',
      '/api/v1/feed/home',
      '/media/a/640.webp',
      '/media/b/640.webp',
      '/media/c/640.webp',
    ])
    replies = null
    expect(await (await ask('/api/v1/feed/home?limit=20&sort=chronological'))?.json()).toEqual(
      feedOf('a', 'b'),
    )
    expect(await (await ask(EXPLORE))?.json()).toEqual(feedOf('c'))
    expect(await (await ask('/media/c/640.webp'))?.text()).toBe('/media/c/640.webp')
  })

  it('another rendition of a kept picture stands in for the one that is asked for', async () => {
    const { ask } = await startWorker()
    await ask(FEED)
    replies = null
    expect(await (await ask('/media/b/1440.webp'))?.text()).toBe('/media/b/640.webp')
    await expect(ask('/media/unknown/640.webp')).rejects.toThrow('Failed to fetch')
  })

  it('nothing else of the API is there, nor a page further down', async () => {
    const { ask } = await startWorker()
    await ask(FEED)
    expect(ask('/api/v1/users/me')).toBeUndefined()
    expect(ask(`${FEED}&cursor=next`)).toBeUndefined()
    expect(ask('/api/v1/feed/home', { method: 'POST' })).toBeUndefined()
  })
})

describe('what is kept', () => {
  it('follows the newest feed, and lets go of the pictures that no list has', async () => {
    const { ask } = await startWorker()
    await ask(FEED)
    await ask(EXPLORE)
    replies = { ...replies, '/api/v1/feed/home': feedOf('b', 'd') }
    await ask(FEED)
    expect(keptPaths()).toEqual([
      '/api/v1/feed/explore',
      '/api/v1/feed/home',
      '/media/b/640.webp',
      '/media/c/640.webp',
      '/media/d/640.webp',
    ])
    expect(asked.filter((path) => path === '/media/b/640.webp')).toHaveLength(1)
  })

  it('is not put in the place of a whole page by the few pictures beside the log-in', async () => {
    const { ask } = await startWorker()
    await ask(EXPLORE)
    expect(ask('/api/v1/feed/explore?limit=8')).toBeUndefined()
    expect(keptPaths()).toContain('/media/c/640.webp')
  })

  it('stays where the server answers with an error', async () => {
    const { ask } = await startWorker()
    await ask(FEED)
    replies = {}
    expect((await ask(FEED))?.status).toBe(404)
    expect(keptPaths()).toContain('/api/v1/feed/home')
  })

  it('has no picture that does not come, and the others all the same', async () => {
    const { ask } = await startWorker()
    const network = fetch
    vi.stubGlobal('fetch', async (request: RequestInfo | URL) =>
      absolute(request).includes('/media/a/') ? new Response(null, { status: 500 }) : network(request),
    )
    await ask(FEED)
    expect(keptPaths()).toEqual(['/api/v1/feed/home', '/media/b/640.webp'])
  })
})

describe('the shell', () => {
  it('comes from the cache, whatever page is opened', async () => {
    const { ask, become } = await startWorker()
    await become('install')
    replies = null
    expect(await (await ask('/p/1', { mode: 'navigate' }))?.json()).toBe('the page')
    expect(await (await ask('/assets/app.js'))?.json()).toBe('the app')
    expect(ask('/docs', { mode: 'navigate' })).toBeUndefined()
    expect(ask('/assets/unknown.js')).toBeUndefined()
  })

  it('of an older version goes when the new one takes over; the kept feed stays', async () => {
    const first = await startWorker('1')
    await first.become('install')
    await first.ask(FEED)
    const second = await startWorker('2')
    await second.become('install')
    const shells = () => [...stores.keys()].filter((name) => name !== OFFLINE_CACHE)
    expect(shells()).toHaveLength(2)
    const [old] = shells()
    await second.become('activate')
    expect(shells()).toHaveLength(1)
    expect(shells()).not.toContain(old)
    expect(keptPaths()).toContain('/api/v1/feed/home')
  })

  it('waits until the member asks for the new version', async () => {
    const { tell, skipWaiting } = await startWorker()
    tell({ type: 'something else' })
    tell(null)
    expect(skipWaiting).not.toHaveBeenCalled()
    tell({ type: 'activate' })
    expect(skipWaiting).toHaveBeenCalledOnce()
  })
})
