import { TintypeError } from '@tintype/contract'
import type { FastifyInstance } from 'fastify'

const refusal = () => new TintypeError('bad_request', { message: 'Text may not contain NUL characters.' })

/**
 * PostgreSQL has no text with NUL in it and would fail on it deep inside; nobody types one. So no address and no body with one
 * comes in. Only bodies that mention it are searched.
 */
export function refuseNul(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    // A client that always says it sends JSON, also when it sends nothing.
    if (body === '') return done(null, undefined)
    parse(request, String(body), (error, value) => {
      if (!error && String(body).includes('\\u0000') && holdsNul(value)) return done(refusal())
      done(error, value)
    })
  })
}

/** Throws where an address holds an encoded NUL. */
export function assertNoNul(url: string): void {
  if (url.includes('%00')) throw refusal()
}

function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0')
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, inner]) => key.includes('\0') || holdsNul(inner))
}
