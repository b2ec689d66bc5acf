import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Logger } from '../kit/logger.ts'
import { askWithin } from './ask-within.ts'

/** What `web/src/prerender.tsx` exports; the build lies beside the app it belongs to. */
interface Prerender {
  addressesOf(visit: Visit): string[]
  draw(visit: Visit, replies: Replies): Promise<DrawnPage>
}
interface Visit {
  url: string
  isMember: boolean
  isPhone: boolean
  sort: 'ranked' | 'chronological' | 'favourites'
}
type Replies = Record<string, [status: number, envelope: unknown]>
export interface DrawnPage {
  status: number
  location?: string
  title: string
  head: string
  body: string
  given: string
}

/** Milliseconds that the API may take; a reader gets the page without content then, and the app asks by itself. */
const PATIENCE = 2000
const ACCESS_COOKIE = /(?:^|;\s*)(?:__Host-)?tintype_access=[^;\s]/

/** Whether the page is a member's, and so nobody else's. */
export const isMembers = (request: FastifyRequest): boolean =>
  ACCESS_COOKIE.test(request.headers.cookie ?? '')

/** Draws the page of a request; undefined where it cannot be: then the app, once loaded, finds out what to show. */
export type FirstPaint = (request: FastifyRequest) => Promise<DrawnPage | undefined>

/**
 * Pages with text and picture before any script. What is shown is what the API answers to the very reader, asked from within by the
 * addresses that the app would ask: whoever may not see something is shown what the API tells them, and no rule is written twice.
 */
export function firstPaint(app: FastifyInstance, dir: string, logger: Logger): FirstPaint | undefined {
  const file = join(dir, 'server/prerender.js')
  if (!existsSync(file)) return undefined
  let loading: Promise<Prerender> | undefined
  return async (request) => {
    // Loaded for the first page: who serves the API alone never needs it.
    loading ??= import(pathToFileURL(file).href) as Promise<Prerender>
    try {
      const prerender = await loading
      const patience = AbortSignal.timeout(PATIENCE)
      const visit = visitOf(request)
      const replies = await ask(app, request, prerender.addressesOf(visit), patience)
      return replies && (await prerender.draw(visit, replies))
    } catch (err) {
      logger.warn({ err, path: request.url.split('?', 1)[0] }, 'a page was not drawn by the server')
      return undefined
    }
  }
}

/** Undefined where one of the answers is not about the thing asked for: a token that has run out, a limit, a fault. */
async function ask(
  app: FastifyInstance,
  request: FastifyRequest,
  addresses: string[],
  signal: AbortSignal,
): Promise<Replies | undefined> {
  const answers = await Promise.all(
    addresses.map(async (url) => [url, await askWithin(app, request, url, { signal })] as const),
  )
  if (answers.some(([, { statusCode }]) => statusCode !== 200 && statusCode !== 404)) return undefined
  return Object.fromEntries(answers.map(([url, reply]) => [url, [reply.statusCode, reply.json()]]))
}

const SORT = /(?:^|;\s*)tintype_sort=(chronological|favourites)(?:;|$)/

const visitOf = (request: FastifyRequest): Visit => ({
  url: request.url,
  isMember: isMembers(request),
  isPhone: isPhone(request),
  sort: (SORT.exec(request.headers.cookie ?? '')?.[1] as Visit['sort'] | undefined) ?? 'ranked',
})

/** Browsers on Chromium say it outright; of the others it is a guess that the app mends. */
const isPhone = ({ headers }: FastifyRequest): boolean => {
  const said = headers['sec-ch-ua-mobile']
  return said === undefined ? /\bMobi/.test(headers['user-agent'] ?? '') : said === '?1'
}
