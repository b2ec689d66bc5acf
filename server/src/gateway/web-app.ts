import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Preview, previewTags } from './preview.ts'
import { pagePolicy } from './security-headers.ts'

export interface WebAppOptions {
  /** Folder of the built web app; nothing is served where it does not exist. */
  dir: string
  publicUrl: string
  mediaOrigins: readonly string[]
  preview: Preview | undefined
}

const ASSETS = '/assets/'
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
  const page = pageReader(join(dir, 'index.html'))
  await app.register(fastifyStatic, {
    root: dir,
    // A route per file, found once: what is no file never touches the disk, and names of members stay free.
    wildcard: false,
    index: false,
    cacheControl: false,
    preCompressed: true,
    globIgnore: ['**/index.html', '**/*.br', '**/*.gz', '**/*.map'],
    setHeaders(reply, path) {
      const hashed = path.slice(dir.length).replaceAll('\\', '/').startsWith(ASSETS)
      reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      // A worker lives under the policy of its own script, not of the page that started it: the service worker must reach the shell.
      if (/\.js(\.br|\.gz)?$/.test(path))
        reply.header('content-security-policy', policy['content-security-policy'])
    },
  })

  const servePage = async (request: FastifyRequest, reply: FastifyReply) => {
    const path = request.url.split('?', 1)[0] ?? '/'
    if (path.startsWith('/api/') || FILE_NAME.test(path)) return reply.callNotFound()
    const preview = (await options.preview?.(path).catch(() => null)) ?? null
    const html = await page()
    const origin = options.publicUrl || `${request.protocol}://${request.headers.host ?? 'localhost'}`
    return reply
      .headers(policy)
      .header('content-type', 'text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(preview ? html.replace('</head>', () => `${previewTags(preview, origin, path)}</head>`) : html)
  }
  app.get('/', servePage)
  app.get('/*', servePage)
}

/** The page's text, read again when the file has changed (a new build under a running server). */
function pageReader(file: string): () => Promise<string> {
  let known: { mtimeMs: number; text: string } | undefined
  return async () => {
    const { mtimeMs } = await stat(file)
    if (known?.mtimeMs !== mtimeMs) known = { mtimeMs, text: await readFile(file, 'utf8') }
    return known.text
  }
}
