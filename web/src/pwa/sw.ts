import { MEMBER_HEADER } from '@tintype/contract/core/route'
import { OFFLINE_CACHE } from '../data/offline-feed.ts'
import { openNotice, receive } from './sw-notices.ts'

/**
 * The app's shell comes from the cache; everything of the API comes from the network. One exception, for reading
 * without a connection: the first pages of the home feed and of explore, and the small pictures in them, kept until the next
 * ones or until log-out. No other private reply is ever stored.
 */
declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string; revision: string | null }[] }

// Named once: the build puts the list in its place.
const manifest = self.__WB_MANIFEST
const shell = manifest.map(({ url }) => `/${url}`)
/** The page without content, which belongs to nobody. */
const PAGE = '/index.html'
const version = manifest.map(({ url, revision }) => revision ?? url).join()
const SHELL_PREFIX = 'tintype-shell-'
/** Lists whose first page is kept. */
const KEPT = ['/api/v1/feed/home', '/api/v1/feed/explore']
/** A smaller page is asked for by something else, such as the wall beside the log-in. */
const WHOLE_PAGE = 20
/** Renditions of up to so many pixels are small: the one of 640, whatever its shape. */
const SMALL = 640 * 1138

async function shellName(): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(version))
  return SHELL_PREFIX + [...new Uint8Array(hash).slice(0, 8)].map((byte) => byte.toString(16)).join('')
}

async function install(): Promise<void> {
  const cache = await caches.open(await shellName())
  await cache.addAll(shell.map((url) => new Request(url, { cache: 'no-cache' })))
}

async function dropOldShells(): Promise<void> {
  const mine = await shellName()
  const names = await caches.keys()
  await Promise.all(
    names.filter((n) => n.startsWith(SHELL_PREFIX) && n !== mine).map((n) => caches.delete(n)),
  )
  await self.clients.claim()
}

async function fromShell(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(await shellName())
  return (await cache.match(path)) ?? fetch(request)
}

interface FeedReply {
  data: { media: { variants: { url: string; width: number; height: number; content_type: string }[] }[] }[]
}

/** The largest small WebP of every picture: what a phone shows. */
function smallPictures(reply: FeedReply): string[] {
  return reply.data.flatMap((post) =>
    post.media.slice(0, 1).flatMap(({ variants }) => {
      const small = variants.filter((v) => v.width * v.height <= SMALL && v.content_type === 'image/webp')
      return small.sort((a, b) => b.width - a.width)[0]?.url ?? []
    }),
  )
}

/** A list is its member's: another one of this browser is not shown it. */
const keptAs = (path: string, { headers }: Request): string =>
  `${path}?of=${headers.get(MEMBER_HEADER) ?? ''}`

/** The new one first, what it no longer needs last: who loses the network meanwhile still has something to read. */
async function keepFeed(path: string, request: Request, response: Response): Promise<void> {
  const cache = await caches.open(OFFLINE_CACHE)
  const old = await cache.keys()
  const own = KEPT.map((list) => keptAs(list, request))
  await cache.put(keptAs(path, request), response)
  const lists = await Promise.all(own.map(async (list) => (await cache.match(list))?.json()))
  const pictures = lists.flatMap((list?: FeedReply) => (list ? smallPictures(list) : []))
  await Promise.allSettled(
    pictures.map(async (picture) => (await cache.match(picture)) ?? cache.add(picture)),
  )
  const needed = new Set([...own, ...pictures].map((path) => new URL(path, location.href).href))
  await Promise.all(old.filter((kept) => !needed.has(kept.url)).map((kept) => cache.delete(kept)))
}

async function keptFeed(event: FetchEvent): Promise<Response> {
  const { pathname } = new URL(event.request.url)
  try {
    const response = await fetch(event.request)
    if (response.ok)
      event.waitUntil(keepFeed(pathname, event.request, response.clone()).catch(() => undefined))
    return response
  } catch (error) {
    const cache = await caches.open(OFFLINE_CACHE)
    const kept = await cache.match(keptAs(pathname, event.request))
    if (kept) return kept
    throw error
  }
}

/** Offline, a picture of the kept feed: the rendition asked for, or the small one of the same picture. */
async function picture(request: Request): Promise<Response> {
  try {
    return await fetch(request)
  } catch (error) {
    const cache = await caches.open(OFFLINE_CACHE)
    const folder = new URL(request.url).pathname.replace(/[^/]*$/, '')
    const keys = await cache.keys()
    const near = keys.find((key) => new URL(key.url).pathname.startsWith(folder))
    const kept = (await cache.match(request)) ?? (near && (await cache.match(near)))
    if (kept) return kept
    throw error
  }
}

const isFirstPage = ({ searchParams }: URL): boolean =>
  !searchParams.has('cursor') && Number(searchParams.get('limit')) >= WHOLE_PAGE

function answer(event: FetchEvent): Promise<Response> | undefined {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin) return
  if (KEPT.includes(url.pathname) && isFirstPage(url)) return keptFeed(event)
  if (url.pathname.startsWith('/media/')) return picture(request)
  if (/^\/(api|docs|health|ready|metrics|objects|l\/)/.test(url.pathname)) return
  if (request.mode === 'navigate') return fromShell(PAGE, request)
  if (shell.includes(url.pathname)) return fromShell(url.pathname, request)
}

self.addEventListener('push', (event) => event.waitUntil(receive(event.data)))
self.addEventListener('notificationclick', (event) => event.waitUntil(openNotice(event.notification)))
self.addEventListener('install', (event) => event.waitUntil(install()))
self.addEventListener('activate', (event) => event.waitUntil(dropOldShells()))
self.addEventListener('message', (event) => {
  if ((event.data as { type?: string } | null)?.type === 'activate') void self.skipWaiting()
})
self.addEventListener('fetch', (event) => {
  const response = answer(event)
  if (response) event.respondWith(response)
})
