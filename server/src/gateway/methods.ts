import { TintypeError } from '@tintype/contract'
import type { FastifyInstance } from 'fastify'

/**
 * Answers, at every address that there is, the methods that it does not take with 405 and `Allow`. As routes of their own, so that
 * an address with a name (`/posts/upload`) is never taken for one with a parameter (`/posts/{post_id}`). Answers what registers
 * them, to be called when all others are registered.
 */
export function otherMethods(app: FastifyInstance): () => void {
  const taken = new Map<string, Set<string>>()
  let isCollecting = true
  app.addHook('onRoute', ({ url, method }) => {
    if (!isCollecting || isEverywhere(url)) return
    const methods = taken.get(url) ?? new Set()
    taken.set(url, methods)
    for (const each of [method].flat()) methods.add(each)
  })
  return () => {
    isCollecting = false
    for (const [url, methods] of taken) {
      const allow = [...methods].join(', ')
      app.route({
        method: app.supportedMethods.filter((method) => !methods.has(method)),
        url,
        onRequest(_request, reply, done) {
          reply.header('allow', allow)
          done(new TintypeError('method_not_allowed'))
        },
        handler: () => {},
      })
    }
  }
}

/** What catches all that nothing else does (the web app) says nothing of the single address. */
const isEverywhere = (url: string) => url === '*' || url === '/*'
