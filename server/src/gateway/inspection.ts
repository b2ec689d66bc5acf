import { isUtf8 } from 'node:buffer'
import { TintypeError } from '@tintype/contract'
import type { FastifyInstance } from 'fastify'
import { countAttackPatterns } from './attack-patterns.ts'

const refusal = (message: string) => new TintypeError('bad_request', { message })

/** Lists and objects in each other; what the contract takes has six at most. */
const DEEPEST = 32

/**
 * Everything that comes in as JSON passes here, before anything reads it. It says that it is JSON and is UTF-8 (a browser's other
 * encodings would be read as something else), it is no deeper than anything we take, so that who walks through it does not run out
 * of stack, and it holds no NUL: PostgreSQL has no text with one and would fail on it deep inside. What looks like an attack is counted
 * and taken, for people write about those, too. (Its size is Fastify's `bodyLimit`; files are inspected where they are read.)
 */
export function inspectBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    // A client that always says it sends JSON, also when it sends nothing.
    if (body.length === 0) return done(null, undefined)
    if (!isUtf8(body as Buffer)) return done(refusal('Text must be encoded as UTF-8.'))
    const text = body.toString()
    if (depthOf(text) > DEEPEST) return done(refusal('This has too many lists or objects in each other.'))
    countAttackPatterns(text)
    parse(request, text, (error, value) => {
      if (!error && text.includes('\\u0000') && holdsNul(value)) return done(refusal(NUL))
      done(error, value)
    })
  })
}

const NUL = 'Text may not contain NUL characters.'

/** Throws where an address holds an encoded NUL. */
export function assertNoNul(url: string): void {
  if (url.includes('%00')) throw refusal(NUL)
}

const [QUOTE, BACKSLASH] = [34, 92]
const OPENING = new Set([91, 123])
const CLOSING = new Set([93, 125])

/** Of a text that may be JSON; brackets in strings do not count. */
export function depthOf(text: string): number {
  if (text.length <= DEEPEST) return 0
  let [depth, deepest, isString] = [0, 0, false]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (isString) {
      if (code === BACKSLASH) at++
      else if (code === QUOTE) isString = false
    } else if (code === QUOTE) isString = true
    else if (OPENING.has(code)) deepest = Math.max(deepest, ++depth)
    else if (CLOSING.has(code)) depth--
  }
  return deepest
}

function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0')
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, inner]) => key.includes('\0') || holdsNul(inner))
}
