import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from '../kit/logger.ts'
import { originOf } from './ask-within.ts'
import type { Compress } from './compression.ts'
import { firstPaint, isMembers } from './first-paint.ts'
import type { Rank } from './overload.ts'
import { pageTemplate } from './page-template.ts'
import { type Preview, previewTags } from './preview.ts'
import { registerRobots } from './robots.ts'
import { pagePolicy } from './security-headers.ts'

export interface WebAppOptions {
  /** Folder of the built web app; nothing is served where it does not exist. */
  dir: string
  publicUrl: string
  mediaOrigins: readonly string[]
  preview: Preview | undefined
  /** Seconds to stay away where the process cannot take more: then it draws no pages either. */
  overloaded?: ((rank: Rank) => number | undefined) | undefined
  logger: Logger
  compress: Compress | undefined
}

const ASSETS = '/assets/'
/** The page without content, for the service worker to keep. */
const SHELL = '/index.html'
/** A file that is not there is told so, instead of being given a page that the asker cannot read. No username looks like this. */
const FILE_NAME =
  /\.(avif|br|css|gif|gz|html?|ico|jpe?g|js|json|map|mjs|mp4|php|png|svg|txt|wasm|webmanifest|webp|woff2?|xml)$/i

/**
 * Files of the built web app, and its one page for every other address. File names under `/assets/` carry a hash of their
 * bytes, so they are kept for ever; the page and the service worker are asked for each time, so that a new version arrives.
 */
export async function registerWebApp(app: FastifyInstance, options: WebAppOptions): Promise<void> {
  const { dir } = options
  if (!dir || !existsSync(join(dir, 'index.html'))) return
  const policy = pagePolicy(options.mediaOrigins)
  await app.register(fastifyStatic, {
    root: dir,
    // A route per file, found once: what is no file never touches the disk, and names of members stay free.
    wildcard: false,
    index: false,
    cacheControl: false,
    preCompressed: true,
    globIgnore: ['**/index.html', '**/*.br', '**/*.gz', '**/*.map', 'server/**'],
    setHeaders(reply, path) {
      const hashed = path.slice(dir.length).replaceAll('\\', '/').startsWith(ASSETS)
      reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      // A worker lives under the policy of its own script, not of the page that started it: the service worker must reach the shell.
      if (/\.js(\.br|\.gz)?$/.test(path))
        reply.header('content-security-policy', policy['content-security-policy'])
    },
  })
  registerRobots(app, options.publicUrl)
  const servePage = pageServer(app, options, policy)
  app.get('/', servePage)
  app.get('/*', servePage)
}

function pageServer(app: FastifyInstance, options: WebAppOptions, policy: Record<string, string>) {
  const { compress } = options
  const template = pageTemplate(options.dir)
  const draw = firstPaint(app, options.dir, options.logger)
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const path = request.url.split('?', 1)[0] ?? '/'
    const isShell = path === SHELL
    if (path.startsWith('/api/') || (FILE_NAME.test(path) && !isShell)) return reply.callNotFound()
    const html = await template()
    reply.headers(policy).header('content-type', 'text/html; charset=utf-8')
    if (isShell) return reply.header('cache-control', 'no-cache').send(html.plain)
    const forMember = isMembers(request)
    const [page, preview] = await Promise.all([
      options.overloaded?.(forMember ? 'reader' : 'visitor') === undefined ? draw?.(request) : undefined,
      // Whoever makes previews is no member.
      forMember ? null : options.preview?.(path).catch(() => null),
    ])
    reply.headers(page ? ownOnly(forMember) : { 'cache-control': 'no-cache' })
    // Not for ever: the name is somebody else's one day.
    if (page?.location) return reply.redirect(page.location, 302)
    const origin = originOf(request, options.publicUrl)
    const body = html.fill({
      title: page?.title || preview?.title,
      head: (page?.head ?? '') + (preview && page?.status !== 404 ? previewTags(preview, origin) : ''),
      body: page?.body,
      given: page?.given ?? '',
    })
    reply.code(page?.status ?? 200)
    return reply.send(compress && isSafe(forMember, path) ? await compress(request, reply, body) : body)
  }
}

/**
 * Whether a page's length tells nothing. What is a member's own is not packed together with what somebody else may have chosen, an
 * address (BREACH): so of their pages home alone is.
 */
const isSafe = (forMember: boolean, path: string): boolean => !forMember || path === '/'

/** A drawn page is its reader's: a member's is not even kept, a visitor's is asked for again, as what it shows may go private. */
const ownOnly = (forMember: boolean) => ({
  'cache-control': forMember ? 'private, no-store' : 'private, no-cache',
  vary: 'Cookie, Sec-CH-UA-Mobile, User-Agent',
})
