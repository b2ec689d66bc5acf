import { codesOf } from '@tintype/server/gateway/openapi'
import { afterAll, afterEach, expect } from 'vitest'
import { type DeclaredRoute, declaredRoute, explain } from './declared-routes.ts'

/**
 * Whatever a test asks over HTTP, the reply must be what the contract says of its route: a status, an error code and a shape that
 * are declared there, so that neither can drift from the other.
 */
const found: string[] = []
let reading: Promise<void>[] = []

const send = globalThis.fetch
globalThis.fetch = async (input, init) => {
  const response = await send(input, init)
  const request = input instanceof Request ? input : undefined
  const method = (init?.method ?? request?.method ?? 'GET').toUpperCase()
  const { pathname } = new URL(response.url)
  const route = declaredRoute(method, pathname)
  const isOurs =
    response.headers.has('x-request-id') && /json/.test(response.headers.get('content-type') ?? '')
  if (route && isOurs) reading.push(compare(`${method} ${pathname}`, route, response.clone()))
  return response
}

async function compare(what: string, { spec, validate }: DeclaredRoute, response: Response): Promise<void> {
  const text = await response.text().catch(() => '')
  // Cut off by the test.
  if (text === '') return
  const body = JSON.parse(text)
  if (!body.success) {
    if (body.error?.code !== 'method_not_allowed' && !codesOf(spec).includes(body.error?.code))
      found.push(`${what}: the code ${body.error?.code} is not declared`)
    return
  }
  if (response.status !== (spec.status ?? 200))
    found.push(`${what}: the status ${response.status} is not declared`)
  if (!validate(body.data)) found.push(`${what}: ${explain(validate)}`)
}

afterEach(async () => {
  await Promise.all(reading)
  reading = []
  expect([...new Set(found.splice(0))], 'replies that the contract does not declare').toEqual([])
})
// The next file of this worker brings its own.
afterAll(() => {
  globalThis.fetch = send
})
