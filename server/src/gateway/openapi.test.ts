import { API_PREFIX, errors, operations as routes } from '@tintype/contract'
import { expect, it } from 'vitest'
import { allBindings, appWith } from './app.suite.ts'
import { openApiDocument } from './openapi.ts'
import { fastifyPath } from './routes.ts'

const document = openApiDocument({ version: '1.2.3', serverUrl: '' }) as {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, unknown> }
}
interface Operation {
  operationId: string
  security: object[]
  parameters: { name: string; in: string }[]
  responses: Record<string, { content: Record<string, { schema: Schema }> }>
}
interface Schema {
  properties: { error?: { properties: { code: { enum: string[] } } } }
}
const operations = Object.values(document.paths).flatMap((path) => Object.values(path))
const specs = Object.entries(routes)

it('names every route of the contract once', () => {
  expect(operations.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(routes).sort())
})

it.each(specs)('%s: documents its codes under their status, its access and its parameters', (_, spec) => {
  const operation = document.paths[API_PREFIX + spec.path]?.[spec.method.toLowerCase()]
  const documented = Object.entries(operation?.responses ?? {}).flatMap(([status, { content }]) => {
    const codes = content['application/json']?.schema.properties.error?.properties.code.enum ?? []
    for (const code of codes) expect(String(errors[code as keyof typeof errors].status)).toBe(status)
    return codes
  })
  expect(documented).toEqual(expect.arrayContaining([...(spec.errors ?? [])]))
  if (spec.access !== 'none') expect(documented).toContain('token_expired')
  const ways = { none: 0, optional: 3, member: 2, owner: 2 }[spec.access]
  const isForApps = spec.scope !== 'open' && spec.scope !== 'never'
  expect(operation?.security.length).toBe(isForApps ? ways + 1 : ways)
  if (isForApps) expect(operation?.security).toContainEqual({ oauth: [spec.scope] })
  const inPath = [...spec.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
  const named = operation?.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)
  expect(named).toEqual(inPath)
})

it('every error code is documented, save those of signed links and sockets, and what a file or an import is found to be', () => {
  const documented = new Set(
    operations.flatMap(({ responses }) =>
      Object.values(responses).flatMap(
        ({ content }) => content['application/json']?.schema.properties.error?.properties.code.enum ?? [],
      ),
    ),
  )
  const missing = Object.keys(errors).filter((code) => !documented.has(code))
  expect(missing).toEqual([
    'method_not_allowed',
    'too_many_topics',
    'media_known',
    'signature_invalid',
    'signature_expired',
    'live_full',
    'live_fed_already',
    'import_unreadable',
    'import_empty',
    'import_too_many',
  ])
})

it('every reference leads somewhere', () => {
  const refs = JSON.stringify(document).matchAll(/#\/components\/schemas\/(\w+)/g)
  for (const [, name = ''] of refs) expect(document.components.schemas).toHaveProperty(name)
  expect(Object.keys(document.components.schemas)).toEqual(expect.arrayContaining(['Post', 'Me', 'Comment']))
})

it('no two routes of the contract claim one address', async () => {
  const addresses = specs.map(([, spec]) => `${spec.method} ${fastifyPath(spec).replace(/:\w+/g, ':')}`)
  expect(new Set(addresses).size).toBe(addresses.length)
  const { app } = await appWith({ bindings: allBindings() })
  for (const [, spec] of specs)
    expect(app.hasRoute({ method: spec.method, url: fastifyPath(spec) })).toBe(true)
})

it('serves the document, and docs that load nothing from elsewhere', async () => {
  const { app } = await appWith({ bindings: allBindings() })
  expect((await app.inject({ url: '/api/v1/openapi.json' })).json().openapi).toBe('3.1.0')
  const page = await app.inject({ url: '/docs/' })
  expect(page.statusCode).toBe(200)
  expect(page.headers['content-security-policy']).toContain("default-src 'self'")
  const sources = [...page.body.matchAll(/<(?:script|link)[^>]*(?:src|href)="([^"]+)"/g)].map(
    ([, url]) => url,
  )
  expect(sources.length).toBeGreaterThan(0)
  for (const source of sources) {
    const url = new URL(source ?? '', 'http://localhost/docs/')
    expect(url.host).toBe('localhost')
    expect((await app.inject({ url: url.pathname })).statusCode).toBe(200)
  }
})
