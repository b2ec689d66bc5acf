import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router'
import { API_PREFIX, type Me } from '@tintype/contract'
import { renderToString } from 'react-dom/server'
import { headStart, type Start } from './app/head-start.ts'
import { createAppRouter } from './app/router.tsx'
import { entities } from './data/entities/entities.ts'
import { meQuery, setMe } from './data/member.ts'
import type { Sort } from './data/posts.ts'
import { queryClient } from './data/query-client.ts'
import { askBy, fromReplies, type Replies } from './data/transport.ts'
import { profileQuery } from './features/profile/profile-query.ts'
import { addressIn, GIVEN, type Given, ME } from './given.ts'
import { firstPaint } from './ui/first-paint.ts'

/** The server's half of the first paint: pages drawn by the app's own components, from what the API answered to their reader. */

export interface Visit {
  /** Path and query. */
  url: string
  isMember: boolean
  isPhone: boolean
  /** The order of the home feed that the reader looked at last. */
  sort: Sort
}

/** The addresses of the API that a visit's page will ask; GET all of them. Nothing is asked here. */
export function addressesOf(visit: Visit): string[] {
  const addresses = visit.isMember ? [ME] : []
  const goBack = askBy((input) => {
    addresses.push(String(input))
    return new Promise(() => {})
  })
  // Every question is put before this returns; the answers never come.
  void headStart(matcher, new QueryClient(), startOf(visit))
  goBack()
  return addresses
}

export interface DrawnPage {
  status: number
  /** Where to instead, of a profile by a name that was given up or written otherwise: the rest is not to be shown then. */
  location?: string | undefined
  title: string
  /** Fetches the picture that is seen first ahead of all others. */
  head: string
  /** What stands in `#root`, and what the app takes over from. */
  body: string
  given: string
}

let turn: Promise<unknown> = Promise.resolve()

/** One page after the other, as the app's stores are there once. Nothing is waited for in between: all replies are there. */
export function draw(visit: Visit, replies: Replies): Promise<DrawnPage> {
  const drawn = turn.then(() => drawAlone(visit, replies))
  turn = drawn.catch(() => undefined)
  return drawn
}

async function drawAlone(visit: Visit, replies: Replies): Promise<DrawnPage> {
  const goBack = askBy(fromReplies(replies, () => Promise.reject(new Error('not among the replies'))))
  try {
    forget()
    const at = { phone: visit.isPhone, sort: visit.sort, now: Date.now() }
    Object.assign(firstPaint, at, { title: '' })
    queryClient.setDefaultOptions({ queries: { retry: false, retryOnMount: false, networkMode: 'always' } })
    const me = visit.isMember && (replies[ME]?.[1] as { data: Me } | undefined)?.data
    if (me) setMe(me)
    else queryClient.setQueryData(meQuery.queryKey, null)
    await headStart(matcher, queryClient, startOf(visit))
    const { router, status } = await loaded(visit.url)
    const drawn = await whole(() =>
      renderToString(
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>,
      ),
    )
    const body = drawn.replace(PRELOADS, '')
    // What the page is about is asked for first; a private account's posts are not there, its page is.
    const [subject] = addressesOf(visit).filter((address) => address !== ME && address !== INSTANCE)
    const gone =
      (subject !== undefined && replies[subject]?.[0] === 404) ||
      router.state.matches.some(({ routeId }) => routeId === '/frame/$')
    const given: Given = { ...at, address: addressIn(router), replies }
    return {
      status: gone ? 404 : status,
      location: movedTo(router),
      title: firstPaint.title,
      head: preloadOf(body),
      body,
      given: scriptOf(given),
    }
  } finally {
    goBack()
    forget()
  }
}

/** Of a boundary that could not be drawn, which the browser would have to (React writes it so). */
const UNDRAWN = '<!--$!-->'
const TRIES = 5
const LOADING_MS = 20

/** A part that is fetched when it is first drawn is there the next time: the first page with one is drawn again. */
async function whole(render: () => string): Promise<string> {
  for (let left = TRIES; ; left--) {
    const drawn = render()
    if (left === 0 || !drawn.includes(UNDRAWN)) return drawn
    await new Promise((resolve) => setTimeout(resolve, LOADING_MS))
  }
}

function forget(): void {
  queryClient.clear()
  entities.clear()
}

/** React fetches every picture ahead, which helps none of them. */
const PRELOADS = /^(?:<link rel="preload"[^>]*>)+/
const FIRST_PICTURE =
  /<picture>(?:<source type="image\/avif" srcSet="([^"]*)" sizes="([^"]*)"\/>)?<img [^>]*?src="([^"]*)"(?: srcSet="([^"]*)")? sizes="([^"]*)"[^>]*fetchPriority="high"/

/** The text is HTML already, so nothing in it needs escaping. */
function preloadOf(body: string): string {
  const [, avif, avifSizes, src, webp, sizes] = FIRST_PICTURE.exec(body) ?? []
  if (src === undefined) return ''
  const type = avif ? ' type="image/avif"' : ''
  return `<link rel="preload" as="image" fetchpriority="high"${type} href="${src}" imagesrcset="${avif ?? webp ?? ''}" imagesizes="${avif ? avifSizes : sizes}">`
}

const INSTANCE = `${API_PREFIX}/instance`

/** Tells which routes a path has; it is never loaded. */
const matcher = createAppRouter(createMemoryHistory())
type AppRouter = ReturnType<typeof createAppRouter>
const routerAt = (url: string) => createAppRouter(createMemoryHistory({ initialEntries: [url] }))
const startOf = ({ url, isMember, sort }: Visit): Start => ({
  path: new URL(url, 'http://localhost').pathname,
  isMember,
  sort,
})

/** The address of the same profile by the name that its member has now. */
function movedTo(router: AppRouter): string | undefined {
  const asked = router.state.matches.find((match) => match.routeId === '/frame/$username')?.params.username
  const id = asked && queryClient.getQueryData(profileQuery(asked).queryKey)
  const username = id && entities.get('users', id)?.username
  if (!username || username === asked) return undefined
  return addressIn(router).replace(/^\/[^/?]+/, `/${encodeURIComponent(username)}`)
}

/** Redirects are followed here; the browser's address follows when the app takes over. */
async function loaded(url: string, redirects = 0): Promise<{ router: AppRouter; status: number }> {
  const router = routerAt(url)
  await router.load()
  const result = router._serverResult
  if (result?.type !== 'redirect') return { router, status: result?.status ?? 200 }
  const to = result.redirect.headers.get('location')
  if (!to || redirects > 3) throw new Error(`${url} leads nowhere`)
  return loaded(to, redirects + 1)
}

/** A block of data, which no policy forbids; nothing in it can end it. */
const scriptOf = (given: Given): string =>
  `<script type="application/json" id="${GIVEN}">${JSON.stringify(given).replaceAll('<', '\\u003c')}</script>`
