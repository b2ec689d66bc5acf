import * as contract from '@tintype/contract'
import {
  API_PREFIX,
  type ErrorCode,
  errors,
  operations,
  type RouteSpec,
  routes,
  scopeSummaries,
  type TSchema,
} from '@tintype/contract'
import { nothingOf } from './validation.ts'

type Json = Record<string, unknown>

/** OpenAPI 3.1 of every route of the contract. Pure; the schemas are the contract's own. */
export function openApiDocument(options: { version: string; serverUrl: string }): Json {
  const paths: Record<string, Json> = {}
  for (const [name, spec] of Object.entries(operations)) {
    const path = API_PREFIX + spec.path
    paths[path] = { ...paths[path], [spec.method.toLowerCase()]: operation(name, spec) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tintype',
      version: options.version,
      description:
        'The API of a Tintype community. Lists are paged by opaque cursors. Every failure carries a code of the table; ' +
        'what a caller may not see is answered like what does not exist. `Idempotency-Key` makes the marked POSTs safe to repeat.',
      license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
    },
    servers: [{ url: options.serverUrl || '/' }],
    tags: Object.keys(routes).map((domain) => ({ name: domain })),
    paths,
    components: {
      schemas: Object.fromEntries([...named].map(([schema, name]) => [name, inline(schema)])),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        cookie: {
          type: 'apiKey',
          in: 'cookie',
          name: 'tintype_access',
          description:
            'For the web app. On https the name begins with `__Host-`. Changes need the header `X-Tintype-CSRF: 1`.',
        },
        oauth: oauthScheme(options.serverUrl),
      },
    },
  }
}

/** What an app asks for with a token of its own: the scope that stands at an operation. docs/apps.md says how it gets one. */
function oauthScheme(serverUrl: string): Json {
  const tokenUrl = `${serverUrl}/oauth/token`
  return {
    type: 'oauth2',
    flows: {
      authorizationCode: {
        authorizationUrl: `${serverUrl}/oauth/authorize`,
        tokenUrl,
        refreshUrl: tokenUrl,
        scopes: scopeSummaries,
      },
      clientCredentials: { tokenUrl, scopes: { read: 'See what a visitor sees.' } },
    },
  }
}

/** What stands under a name of its own: the contract's exported object schemas. */
const named = new Map<TSchema, string>(
  Object.entries<unknown>(contract).flatMap(([name, value]) =>
    isSchema(value) && 'properties' in value && name !== 'Empty' && !name.endsWith('Query')
      ? [[value, name]]
      : [],
  ),
)

function isSchema(value: unknown): value is TSchema {
  return typeof value === 'object' && value !== null && '~kind' in value
}

/** The schema with every named one inside it as a reference; `inline` keeps the outermost as it is. */
function refer(schema: unknown): unknown {
  const name = named.get(schema as TSchema)
  return name ? { $ref: `#/components/schemas/${name}` } : inline(schema)
}
function inline(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(refer)
  if (typeof schema !== 'object' || schema === null) return schema
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, refer(value)]))
}

function operation(name: string, spec: RouteSpec): Json {
  const status = String(spec.status ?? 200)
  return {
    operationId: name,
    tags: [name.slice(0, name.indexOf('.'))],
    summary: spec.summary,
    ...(spec.deprecated ? { deprecated: true } : {}),
    ...securityOf(spec),
    parameters: [
      ...parameters(spec.params, 'path'),
      ...parameters(spec.query, 'query'),
      ...(spec.idempotent ? [idempotencyKey] : []),
      ...(spec.challenge ? [solution] : []),
    ],
    ...(requestBody(spec) ? { requestBody: requestBody(spec) } : {}),
    responses: { [status]: success(spec), ...failures(spec) },
  }
}

const solution = {
  name: 'X-Tintype-Solution',
  in: 'header',
  required: false,
  schema: { type: 'string', maxLength: 4096 },
  description:
    'Answers the challenge that `challenge_required` brought (ALTCHA, version 2): base64 of `{ challenge, solution: { counter, derivedKey } }`. Good once.',
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', minLength: 1, maxLength: 255 },
  description: 'The same key within 24 hours gives the first reply again instead of doing it twice.',
}

function securityOf(spec: RouteSpec): Json {
  if (spec.access === 'none') return { security: [] }
  const byApp: Json[] = spec.scope === 'never' || spec.scope === 'open' ? [] : [{ oauth: [spec.scope] }]
  const schemes: Json[] = [{ bearer: [] }, { cookie: [] }, ...byApp]
  return { security: spec.access === 'optional' ? [{}, ...schemes] : schemes }
}

function parameters(schema: TSchema | undefined, place: 'path' | 'query'): Json[] {
  const { properties = {}, required = [] } = (schema ?? {}) as {
    properties?: Record<string, TSchema>
    required?: string[]
  }
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema: refer(property),
  }))
}

function requestBody(spec: RouteSpec): Json | undefined {
  if (spec.multipart)
    return { required: true, content: { 'multipart/form-data': { schema: { type: 'object' } } } }
  if (!spec.body) return undefined
  return { required: true, content: { 'application/json': { schema: refer(spec.body) } } }
}

const pagination = {
  type: 'object',
  properties: { next_cursor: { type: ['string', 'null'] }, has_more: { type: 'boolean' } },
  required: ['next_cursor', 'has_more'],
}

function success(spec: RouteSpec): Json {
  const data = spec.paged ? { type: 'array', items: refer(spec.reply) } : refer(spec.reply)
  const properties = { success: { const: true }, data, ...(spec.paged ? { pagination } : {}) }
  const schema = { type: 'object', properties, required: Object.keys(properties) }
  return { description: 'Done', content: { 'application/json': { schema } } }
}

const everywhere: readonly ErrorCode[] = [
  'address_denied',
  'bad_request',
  'headers_too_large',
  'internal',
  'misdirected',
  'rate_limited',
  'request_timeout',
  'unavailable',
  'version_unsupported',
]

/** Every code a route can answer with: its own, and those of the gateway in front of it. */
export function codesOf(spec: RouteSpec): ErrorCode[] {
  const changes = spec.method !== 'GET'
  const codes: ErrorCode[] = [...everywhere]
  if (changes || spec.query) codes.push('validation_failed')
  if (changes) codes.push('payload_too_large', 'unsupported_media_type', 'csrf_failed')
  if (spec.access !== 'none') codes.push('unauthorized', 'token_expired', 'other_member')
  if (spec.access !== 'none') codes.push(spec.scope === 'never' ? 'not_for_apps' : 'scope_missing')
  if (spec.access === 'owner' || spec.role) codes.push('forbidden')
  if (spec.stepUp) codes.push('step_up_required')
  if (spec.challenge) codes.push('challenge_required')
  if (spec.idempotent) codes.push('conflict', 'idempotency_mismatch')
  if (spec.params) codes.push(nothingOf(spec))
  if (spec.paged) codes.push('bad_cursor')
  return [...new Set([...codes, ...(spec.errors ?? [])])].sort()
}

function failures(spec: RouteSpec): Json {
  const byStatus = Map.groupBy(codesOf(spec), (code) => String(errors[code].status))
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.map((code) => `\`${code}\`: ${errors[code].message}`).join('\n\n'),
        content: { 'application/json': { schema: failureSchema(codes) } },
      },
    ]),
  )
}

const failureSchema = (codes: readonly ErrorCode[]): Json => ({
  type: 'object',
  properties: {
    success: { const: false },
    error: {
      type: 'object',
      properties: {
        code: { type: 'string', enum: codes },
        message: { type: 'string' },
        details: { type: 'object' },
        request_id: { type: 'string' },
      },
      required: ['code', 'message', 'request_id'],
    },
  },
  required: ['success', 'error'],
})
