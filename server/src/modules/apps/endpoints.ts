import formbody from '@fastify/formbody'
import OAuth2Server from '@node-oauth/oauth2-server'
import type { RateLimitName } from '@tintype/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Clients, KnownClient } from './clients.ts'
import type { AppsDeps } from './deps.ts'
import type { DeviceCodes } from './device-codes.ts'
import type { Exchange } from './exchange.ts'
import { issuerOf, metadataOf } from './issuer.ts'
import { deviceSeconds, pollSeconds } from './lifetimes.ts'
import type { Lookup } from './lookup.ts'
import { causeOf } from './oauth-errors.ts'
import type { Registration } from './registration.ts'
import { allowedScopes } from './scopes.ts'

export interface EndpointDeps extends Pick<AppsDeps, 'limit' | 'publicUrl'> {
  clients: Clients
  exchange: Exchange
  devices: DeviceCodes
  lookup: Lookup
  /** Undefined where apps may not register themselves. */
  registration: Registration | undefined
}

type Form = Record<string, unknown>
type Answer = (request: FastifyRequest, form: Form) => Promise<object>

const { InvalidClientError, InvalidRequestError, InvalidScopeError, OAuthError } = OAuth2Server
/** All of these are small. */
const BODY_LIMIT = 32 * 1024

/** What apps themselves ask, as the RFCs have it: forms in, JSON out, errors as `{ error, error_description }`. */
export const oauthEndpoints = (deps: EndpointDeps) => async (app: FastifyInstance) => {
  await app.register(formbody, { bodyLimit: BODY_LIMIT })
  const { exchange, lookup, registration } = deps
  const post = (url: string, answer: Answer, { status = 200, limit = 'oauth' }: Posted = {}) =>
    app.route({
      method: 'POST',
      url,
      bodyLimit: BODY_LIMIT,
      handler: (request, reply) => answered(deps, { request, reply, answer, status, limit }),
    })
  post('/oauth/token', ({ headers }, form) => exchange.token(textsOf(headers), form))
  post('/oauth/revoke', async (request, form) => {
    await lookup.revoke(await provenClient(deps, request, form), textOf(form, 'token'))
    return {}
  })
  post('/oauth/introspect', async (request, form) => {
    const client = await provenClient(deps, request, form)
    // Anybody can say that they are an app that keeps no secret.
    if (!client.isConfidential) throw new InvalidClientError('Invalid client: it keeps no secret')
    return lookup.introspect(client, textOf(form, 'token'))
  })
  post('/oauth/device', (request, form) => beginDevice(deps, request, form))
  if (registration)
    post('/oauth/register', (_, metadata) => registration.register(metadata), {
      status: 201,
      limit: 'app_register',
    })
  // The page is the web app's, whose addresses do not keep every letter of a query.
  app.get('/oauth/authorize', async (request, reply) => {
    const query = request.url.split('?').slice(1).join('?')
    return reply.redirect(`/oauth/consent?q=${Buffer.from(query.slice(0, 6000)).toString('base64url')}`, 303)
  })
  app.get('/.well-known/oauth-authorization-server', async (request, reply) => {
    reply.header('cache-control', 'public, max-age=3600').header('access-control-allow-origin', '*')
    return metadataOf(issuerOf(deps.publicUrl, request), { registration: registration !== undefined })
  })
}

interface Posted {
  status?: number
  limit?: RateLimitName
}

async function answered(
  { limit }: EndpointDeps,
  asked: {
    request: FastifyRequest
    reply: FastifyReply
    answer: Answer
    status: number
    limit: RateLimitName
  },
): Promise<FastifyReply> {
  const { request, reply, answer } = asked
  await limit?.(reply, [asked.limit], { user_id: undefined, address: request.ip })
  reply.header('cache-control', 'no-store').header('pragma', 'no-cache')
  try {
    return reply.code(asked.status).send(await answer(request, formOf(request)))
  } catch (error) {
    if (!(error instanceof OAuthError) || error.code >= 500) throw causeOf(error)
    if (error.code === 401) reply.header('www-authenticate', 'Basic realm="Tintype"')
    const { code, name, message } = error
    return reply.code(code).send({ error: name, error_description: message, request_id: request.id })
  }
}

async function beginDevice(deps: EndpointDeps, request: FastifyRequest, form: Form): Promise<object> {
  const client = await provenClient(deps, request, form)
  const asked = form.scope === undefined ? undefined : textOf(form, 'scope').split(' ').filter(Boolean)
  const scopes = allowedScopes(client, asked, false)
  if (!scopes) throw new InvalidScopeError('Invalid scope: it is not one that this app may ask for')
  const codes = await deps.devices.begin(client, scopes)
  const address = `${issuerOf(deps.publicUrl, request)}/oauth/activate`
  return {
    ...codes,
    verification_uri: address,
    verification_uri_complete: `${address}?code=${codes.user_code}`,
    expires_in: deviceSeconds,
    interval: pollSeconds,
  }
}

/** The app that asks, with its secret where it keeps one: by HTTP Basic, or in the form. */
async function provenClient(
  { clients }: EndpointDeps,
  request: FastifyRequest,
  form: Form,
): Promise<KnownClient> {
  const { authorization } = request.headers
  const [id, secret] =
    authorization === undefined ? [form.client_id, form.client_secret] : basicOf(authorization)
  const client =
    typeof id === 'string' && (secret === undefined || typeof secret === 'string')
      ? await clients.proven(id, secret)
      : undefined
  if (!client) throw new InvalidClientError('Invalid client: client is invalid', { code: 401 })
  return client
}

function basicOf(authorization: string): [string | undefined, string | undefined] {
  const text = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(authorization)?.[1]
  const [id, ...secret] = Buffer.from(text ?? '', 'base64')
    .toString()
    .split(':')
  return text === undefined ? [undefined, undefined] : [id, secret.join(':')]
}

/** A parameter that is given twice is a mistake, or an attempt to be read in two ways (RFC 6749, 3.2). */
function formOf({ body, headers }: FastifyRequest): Form {
  const form = typeof body === 'object' && body !== null ? (body as Form) : {}
  const twice = Object.keys(form).find((name) => Array.isArray(form[name]))
  if (twice !== undefined && !headers['content-type']?.startsWith('application/json'))
    throw new InvalidRequestError(`Parameter given twice: \`${twice}\``)
  return form
}

function textOf(form: Form, name: string): string {
  const value = form[name]
  if (typeof value !== 'string' || value === '')
    throw new InvalidRequestError(`Missing parameter: \`${name}\``)
  return value
}

const textsOf = (headers: FastifyRequest['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )
