import { API_PREFIX, type Operation, type Page, type RouteSpec, TintypeError } from '@tintype/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Pieces, textOf } from '../kit/pieces.ts'
import { ReadyJson, type RouteBinding } from './binding.ts'
import type { Compress } from './compression.ts'
import { type GateOptions, gate } from './gate.ts'
import { keyedRequest, once } from './idempotency.ts'
import type { IdempotencyStore } from './idempotency-store.ts'
import type { Positions } from './positions.ts'
import { ReplyBuffers } from './reply-buffers.ts'
import { checksOf } from './validation.ts'
import { deprecationOf } from './versions.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Name of the contract's route, for metrics and logs. */
    operation?: Operation
  }
}

export interface RouteOptions extends GateOptions {
  idempotency: IdempotencyStore
  counted: ((handler: RouteHandler) => RouteHandler) | undefined
  compress: Compress | undefined
  /** Undefined where nothing is read late. */
  positions: Positions | undefined
}

type RouteHandler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

export const JSON_TYPE = 'application/json; charset=utf-8'
/** `/posts/{post_id}` as Fastify writes it. */
export const fastifyPath = (spec: RouteSpec): string => API_PREFIX + spec.path.replace(/\{(\w+)\}/g, ':$1')

/** Registers a route of the contract: gate, checks, handler, envelope. */
export function registerRoute(app: FastifyInstance, binding: RouteBinding, options: RouteOptions): void {
  const { spec } = binding
  const handler = handlerOf(binding, spec, options)
  // A form with files takes as long as the caller's line is slow, which is no load.
  const counted = spec.multipart ? undefined : options.counted
  app.route({
    method: spec.method,
    url: fastifyPath(spec),
    config: { operation: binding.operation },
    onRequest: gate(spec, options),
    handler: counted ? counted(handler) : handler,
  })
}

const nothing = Object.freeze({})
const buffers = new ReplyBuffers()

/**
 * Only what is read is compressed. Replies to what is sent may hold tokens, and the owner's hold invitations: their length is to tell
 * nothing of them (BREACH); the same of what staff reads.
 */
const isCompressed = ({ method, access, role }: RouteSpec): boolean =>
  method === 'GET' && access !== 'owner' && role === undefined

function handlerOf(binding: RouteBinding, spec: RouteSpec, options: RouteOptions) {
  const { idempotency } = options
  const compress = isCompressed(spec) ? options.compress : undefined
  const checks = checksOf(spec)
  const status = spec.status ?? 200
  const notice = deprecationOf(spec)

  const handle = (request: FastifyRequest, response: FastifyReply, reservedId: string | undefined) =>
    binding.handle({
      viewer: request.viewer,
      params: checks.params?.(request.params) ?? nothing,
      query: checks.query?.(request.query) ?? nothing,
      body: checks.body?.(request.body) ?? nothing,
      reservedId,
      request,
      response,
    })
  const answer = options.positions ? placed(spec, handle, options.positions) : handle

  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    if (notice) reply.headers(notice)
    if (spec.multipart && !request.isMultipart()) throw new TintypeError('unsupported_media_type')
    const keyed = spec.idempotent ? keyedRequest(binding.operation, spec, request) : undefined
    if (!keyed) {
      const result = await answer(request, reply, undefined)
      const body =
        result instanceof ReadyJson
          ? buffers.write(envelopeAround(result, spec), reply)
          : envelopeOf(result, spec)
      reply.code(status).header('content-type', JSON_TYPE)
      const packed = compress ? compress(request, reply, body) : body
      return reply.send(packed instanceof Promise ? await packed : packed)
    }
    const work = async (reservedId: string) => {
      const result = await answer(request, reply, reservedId)
      return {
        status,
        body: result instanceof ReadyJson ? textOf(envelopeAround(result, spec)) : envelopeOf(result, spec),
      }
    }
    const result = await once(idempotency, keyed, work)
    if (result.replayed) reply.header('idempotency-replayed', 'true')
    return reply.code(result.status).header('content-type', JSON_TYPE).send(result.body)
  }
}

type Handle = (
  request: FastifyRequest,
  response: FastifyReply,
  reservedId: string | undefined,
) => Promise<unknown>

/** Where reads may be late: as late as what the caller wrote, and what is written says where. */
function placed({ method }: RouteSpec, handle: Handle, positions: Positions): Handle {
  if (method === 'GET')
    return async (request, response, reservedId) =>
      positions.reading(request, () => handle(request, response, reservedId))
  return async (request, response, reservedId) => {
    const result = await handle(request, response, reservedId)
    await positions.written(request, response)
    return result
  }
}

/** Ready JSON goes out as it is: parsing and writing it again would cost more than all else here. */
const envelopeAround = ({ pieces, nextCursor }: ReadyJson, { paged }: Pick<RouteSpec, 'paged'>): Pieces => [
  '{"success":true,"data":',
  ...pieces,
  paged ? `,"pagination":${paginationOf(nextCursor)}}` : '}',
]

function envelopeOf(result: unknown, spec: Pick<RouteSpec, 'paged'>): string {
  if (!spec.paged) return `{"success":true,"data":${JSON.stringify(result)}}`
  const { items, next_cursor } = result as Page<unknown>
  return `{"success":true,"data":${JSON.stringify(items)},"pagination":${paginationOf(next_cursor)}}`
}

const paginationOf = (cursor: string | null): string =>
  cursor === null
    ? '{"next_cursor":null,"has_more":false}'
    : // Base64url: nothing in it needs escaping, and a ranked page's is 2 KB.
      `{"next_cursor":"${cursor}","has_more":true}`
