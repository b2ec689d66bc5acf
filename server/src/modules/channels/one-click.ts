import { TintypeError } from '@tintype/contract'
import type { FastifyInstance } from 'fastify'
import type { Unsubscribing } from './unsubscribe.ts'

/** Not the page's own: its GET is the web app's. */
export const ONE_CLICK = '/unsubscribe/one-click'

/**
 * `POST /unsubscribe/one-click?token=…`, as mail programs send it: a form that says `List-Unsubscribe=One-Click` (RFC 8058). A GET leads to a page
 * with a button, and ends nothing: programs open links before people do.
 */
export const oneClick =
  (unsubscribing: Pick<Unsubscribing, 'end'>) =>
  async (app: FastifyInstance): Promise<void> => {
    const form = 'application/x-www-form-urlencoded'
    app.addContentTypeParser(form, { parseAs: 'string', bodyLimit: 4096 }, (_request, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    )
    app.get(ONE_CLICK, async (request, reply) => {
      const { token } = request.query as { token?: unknown }
      const asked = typeof token === 'string' ? `?token=${encodeURIComponent(token)}` : ''
      return reply.redirect(`/unsubscribe${asked}`, 303)
    })
    app.post(ONE_CLICK, async (request, reply) => {
      const { token } = request.query as { token?: unknown }
      const { 'List-Unsubscribe': asked } = (request.body ?? {}) as { 'List-Unsubscribe'?: unknown }
      if (typeof token !== 'string' || asked !== 'One-Click') throw new TintypeError('bad_request')
      await unsubscribing.end(token)
      return reply.code(200).header('content-type', 'text/plain; charset=utf-8').send('')
    })
  }
