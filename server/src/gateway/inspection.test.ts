import { operations, type RouteSpec } from '@tintype/contract'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { attackPatterns } from '../kit/tallies.ts'
import { allBindings, answering, appWith, bearer } from './app.suite.ts'
import { depthOf } from './inspection.ts'
import { openApiDocument } from './openapi.ts'
import { deprecationOf } from './versions.ts'

const apps: FastifyInstance[] = []
beforeEach(() => attackPatterns.clear())
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close()
})

async function gateway(options: Parameters<typeof appWith>[0] = {}) {
  const { app } = await appWith({ bindings: allBindings(), ...options })
  apps.push(app)
  return app
}

const login = (app: FastifyInstance, payload: string | Buffer, type = 'application/json') =>
  app.inject({ method: 'POST', url: '/api/v1/users/login', headers: { 'content-type': type }, payload })

describe('a body', () => {
  it.each<[string, string | Buffer, string?]>([
    ['is no UTF-8', Buffer.from('{"login":"\xe4na","password":"x"}', 'latin1')],
    ['is UTF-16', Buffer.from('{"login":"ana","password":"x"}', 'utf16le')],
    ['is as deep as it can be', `{"login":${'['.repeat(100_000)}"\\u0000"${']'.repeat(100_000)}}`],
    ['is a little too deep', `{"login":${'['.repeat(33)}1${']'.repeat(33)},"password":"x"}`],
    ['is something else than it says', Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
    ['holds NUL', '{"login":"a\\u0000b","password":"x"}'],
    ['would change all objects', '{"__proto__":{"role":"owner"},"login":"a","password":"x"}'],
  ])('that %s is refused, with a code', async (_, payload) => {
    const reply = await login(await gateway(), payload)
    expect([reply.statusCode, reply.json().error.code]).toEqual([400, 'bad_request'])
  })

  it('of another type, or too large, is refused by its code', async () => {
    const app = await gateway()
    expect((await login(app, '<login/>', 'application/xml')).json().error.code).toBe('unsupported_media_type')
    expect((await login(app, `"${'x'.repeat(300_000)}"`)).json().error.code).toBe('payload_too_large')
  })

  it('with brackets in its texts, or that speaks of attacks, is taken; attacks are counted', async () => {
    const app = await gateway()
    const body = (text: string) => JSON.stringify({ login: text, password: '[[[['.repeat(20) })
    for (const text of ['{[({[', '\\"[', "x' or '1'='1", '<script>'])
      expect([text, (await login(app, body(text))).statusCode]).toEqual([text, 200])
    expect(Object.fromEntries(attackPatterns)).toEqual({ sql: 1, script: 1 })
  })

  it.each([
    ['{"a":[{"b":[]}]}', 0],
    [`${' '.repeat(40)}{"a":[{"b":[]}]}`, 4],
    [`${' '.repeat(40)}["[\\"[[", "]"]`, 1],
  ])('%s is so deep', (text, depth) => expect(depthOf(text)).toBe(depth))
})

it('addresses that scanners ask for are counted, and others are not', async () => {
  const app = await gateway()
  for (const url of ['/wp-login.php', '/.env', '/x?q=%3Cscript%3E', '/api/v1/instance', '/%E0%A4%A'])
    await app.inject({ url })
  expect(Object.fromEntries(attackPatterns)).toEqual({ probe: 2, script: 1 })
})

describe('versions', () => {
  const ask = async (url: string, version?: string) => {
    const headers = { ...bearer('member'), ...(version === undefined ? {} : { 'api-version': version }) }
    const reply = await (await gateway()).inject({ url, headers })
    return [reply.statusCode, reply.headers['api-version'], reply.json().error?.code]
  }

  it('are named by the address, by the header, or by both alike', async () => {
    expect(await ask('/api/v1/users/me')).toEqual([200, '1', undefined])
    expect(await ask('/api/v1/users/me', '1')).toEqual([200, '1', undefined])
    expect(await ask('/api/users/me', '1')).toEqual([200, '1', undefined])
  })

  it.each([
    ['/api/v2/users/me', undefined],
    ['/api/v1/users/me', '2'],
    ['/api/users/me', '2'],
    ['/api/users/me', '../..'],
  ])('%s with %s is none that there is', async (url, version) => {
    expect((await ask(url, version)).slice(0, 3)).toEqual([400, '1', 'version_unsupported'])
  })
})

describe('a route that is to go', () => {
  const deprecated = { since: '2026-01-01T00:00:00Z', sunset: '2027-01-01T00:00:00Z', instead: '/instance' }

  it('says so with every reply', async () => {
    const bindings = answering('community.get', async () => ({}) as never).map((binding) => ({
      ...binding,
      spec: { ...binding.spec, deprecated } as RouteSpec,
    }))
    const { headers } = await (await gateway({ bindings })).inject({ url: '/api/v1/instance' })
    expect(headers).toMatchObject({
      deprecation: '@1767225600',
      sunset: 'Fri, 01 Jan 2027 00:00:00 GMT',
      link: '</api/v1/instance>; rel="successor-version"',
    })
  })

  it('is marked in the document, and no other', () => {
    const { paths } = openApiDocument({ version: '1', serverUrl: '' }) as {
      paths: Record<string, Record<string, { operationId: string; deprecated?: true }>>
    }
    const marked = Object.values(paths).flatMap((path) =>
      Object.values(path).filter((each) => each.deprecated),
    )
    const declared = Object.entries<RouteSpec>(operations).filter(([, spec]) => deprecationOf(spec))
    expect(marked.map(({ operationId }) => operationId)).toEqual(declared.map(([name]) => name))
  })
})
