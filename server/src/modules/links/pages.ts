import { type RateLimitName, TintypeError } from '@tintype/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Addresses } from './addresses.ts'
import type { LinksDeps } from './deps.ts'
import { gonePage, passwordPage, postPage, styleHash, waitPage } from './drawing.ts'
import type { Opening } from './opening.ts'
import type { LinkRow } from './store.ts'

interface PageDeps extends Pick<LinksDeps, 'limit' | 'mediaOrigins'> {
  addresses: Addresses
  opening: Opening
}
type Asked = FastifyRequest<{ Params: { token: string } }>

const FORM = 'application/x-www-form-urlencoded'

/** Kept nowhere, found by no search engine, told to no other site, and able to run nothing. */
const headers = (mediaOrigins: readonly string[]) => ({
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'private, no-store',
  'x-robots-tag': 'noindex, nofollow, noarchive',
  'referrer-policy': 'no-referrer',
  'content-security-policy': [
    "default-src 'none'",
    `img-src ${["'self'", ...mediaOrigins].join(' ')}`,
    `media-src ${["'self'", ...mediaOrigins].join(' ')}`,
    `style-src 'sha256-${styleHash}'`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
})

/** `/l/{token}`: the post, or the question for its password. What does not open answers the same, whatever the reason. */
export const linkPages =
  ({ limit, mediaOrigins, addresses, opening }: PageDeps) =>
  async (app: FastifyInstance): Promise<void> => {
    app.addContentTypeParser(FORM, { parseAs: 'string', bodyLimit: 4096 }, (_request, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    )
    const withinLimits = async (request: Asked, reply: FastifyReply, names: readonly RateLimitName[]) => {
      reply.headers(headers(mediaOrigins))
      await limit?.(reply, names, { user_id: undefined, address: request.ip })
      const id = addresses.read(request.params.token)
      return id && opening.find(id)
    }
    const send = async (reply: FastifyReply, link: LinkRow) => {
      const opened = await opening.show(link)
      return opened ? reply.send(postPage(opened)) : sendGone(reply)
    }

    app.get('/l/:token', { exposeHeadRoute: false }, async (request: Asked, reply) =>
      orWait(reply, async () => {
        const link = await withinLimits(request, reply, ['link_open'])
        if (!link) return sendGone(reply)
        return link.password_hash === null ? send(reply, link) : reply.send(passwordPage())
      }),
    )
    app.post('/l/:token', async (request: Asked, reply) =>
      orWait(reply, async () => {
        const link = await withinLimits(request, reply, ['link_open', 'link_password'])
        if (!link) return sendGone(reply)
        const { password } = (request.body ?? {}) as { password?: unknown }
        const isRight = typeof password === 'string' && (await opening.admits(link, password.slice(0, 256)))
        return isRight ? send(reply, link) : reply.code(403).send(passwordPage('That is not the password.'))
      }),
    )
  }

const sendGone = (reply: FastifyReply) => reply.code(404).send(gonePage())

/** People read this, not programs. */
async function orWait(reply: FastifyReply, answer: () => Promise<FastifyReply>): Promise<FastifyReply> {
  try {
    return await answer()
  } catch (error) {
    if (!(error instanceof TintypeError) || error.code !== 'rate_limited') throw error
    const { retry_after } = error.details as { retry_after: number }
    return reply.code(429).header('retry-after', retry_after).send(waitPage())
  }
}
