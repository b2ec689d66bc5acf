import type { ErrorCode } from '../errors.ts'
import { TintypeError } from '../tintype-error.ts'
import {
  API_PREFIX,
  type Body,
  type Params,
  type Query,
  type Reply,
  type RouteGroup,
  type RouteSpec,
} from './route.ts'

type Input<R extends RouteSpec> = (R['params'] extends object
  ? { params: Params<R> }
  : { params?: undefined }) &
  (R['query'] extends object ? { query?: Partial<Query<R>> } : { query?: undefined }) &
  (R['body'] extends object ? { body: Body<R> } : { body?: FormData | undefined }) & {
    headers?: Record<string, string>
    signal?: AbortSignal
  }
type Arguments<R extends RouteSpec> =
  Record<string, never> extends Input<R> ? [input?: Input<R>] : [input: Input<R>]

/** A function for each route of each domain: `api.posts.get({ params })`. */
export type ClientOf<Groups extends Readonly<Record<string, RouteGroup>>> = {
  readonly [D in keyof Groups]: {
    [N in keyof Groups[D]]: (...args: Arguments<Groups[D][N]>) => Promise<Reply<Groups[D][N]>>
  }
}

/** What a client needs to know of a route at run time. */
export type RouteAddress = Pick<RouteSpec, 'method' | 'path' | 'access' | 'paged'>
/** By domain, then by name. */
export type RouteAddresses = Readonly<Record<string, Readonly<Record<string, RouteAddress>>>>

export interface ClientOptions {
  /** Origin without a trailing slash; empty in a browser on the same origin. */
  baseUrl?: string
  /** Called before each request, for `Authorization` and the like. */
  headers?: () => Record<string, string>
  fetch?: typeof fetch
  /** Called once when a reply says `token_expired` or `unauthorized`; resolve true to have the request sent again. */
  renew?: () => Promise<boolean>
  /** Called when a reply says `step_up_required`; resolve true to have the request sent again. */
  prove?: () => Promise<boolean>
  /** Called when a reply says `challenge_required`, with its details; resolve headers to have the request sent again with them. */
  work?: (details: object) => Promise<Record<string, string> | undefined>
  /** The domains that are not in `addresses`, asked for when one of them is called. */
  later?: () => Promise<RouteAddresses>
}

/** Rejects with TintypeError, also when the network fails (`unavailable`). */
export function clientOf<Groups extends Readonly<Record<string, RouteGroup>>>(
  addresses: RouteAddresses,
  options: ClientOptions = {},
): ClientOf<Groups> {
  const call: Call =
    (address) =>
    (input = {}) =>
      request(options, address, input)
  const domain = (group: Readonly<Record<string, RouteAddress>>) =>
    Object.fromEntries(Object.entries(group).map(([name, address]) => [name, call(address)]))
  const known = Object.fromEntries(Object.entries(addresses).map(([name, group]) => [name, domain(group)]))
  const { later } = options
  return (later ? withLater(known, later, call) : known) as unknown as ClientOf<Groups>
}

type Call = (address: RouteAddress) => (input?: LooseInput) => Promise<unknown>
type Functions = Record<string, Record<string, (input?: LooseInput) => Promise<unknown>>>

const arrived = <T>(coming: Promise<T>): Promise<T> =>
  coming.catch((cause: unknown) => {
    throw new TintypeError('unavailable', { cause })
  })

/** What is not known yet has a function of any name: its route is looked up when it is called. */
function withLater(known: Functions, later: () => Promise<RouteAddresses>, call: Call): Functions {
  const domain = (name: string, those: Functions[string] = {}) =>
    new Proxy(those, {
      get: (functions, route: string) =>
        functions[route] ??
        (async (input?: LooseInput) => {
          const address = (await arrived(later()))[name]?.[route]
          if (!address) throw new TypeError(`no such route: ${name}.${route}`)
          return call(address)(input)
        }),
    })
  return new Proxy(known, { get: (functions, name: string) => domain(name, functions[name]) })
}

interface LooseInput {
  params?: object
  query?: object
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
}

async function request(options: ClientOptions, spec: RouteAddress, input: LooseInput): Promise<unknown> {
  let response = await send(options, spec, input)
  if (response.status === 401 && options.renew && spec.access !== 'none' && (await options.renew())) {
    response = await send(options, spec, input)
  }
  let reply = await readReply(response)
  if (!reply.success && reply.error.code === 'step_up_required' && (await options.prove?.()))
    reply = await readReply(await send(options, spec, input))
  if (!reply.success && reply.error.code === 'challenge_required') {
    const worked = await options.work?.(reply.error.details ?? {})
    if (worked)
      reply = await readReply(
        await send(options, spec, { ...input, headers: { ...input.headers, ...worked } }),
      )
  }
  if (!reply.success) throw errorOf(reply.error, response.status)
  return spec.paged ? { items: reply.data, next_cursor: reply.pagination?.next_cursor ?? null } : reply.data
}

async function send(options: ClientOptions, spec: RouteAddress, input: LooseInput): Promise<Response> {
  const isForm = input.body instanceof FormData
  const hasBody = input.body !== undefined
  try {
    return await (options.fetch ?? fetch)((options.baseUrl ?? '') + urlOf(spec, input), {
      method: spec.method,
      headers: {
        ...(hasBody && !isForm ? { 'content-type': 'application/json' } : {}),
        ...options.headers?.(),
        ...input.headers,
      },
      body: isForm ? (input.body as FormData) : hasBody ? JSON.stringify(input.body) : undefined,
      signal: input.signal,
    })
  } catch (cause) {
    if (input.signal?.aborted) throw cause
    throw new TintypeError('unavailable', { cause })
  }
}

/** The path and query of a call, parameters percent-encoded. */
export function urlOf(spec: RouteAddress, input: { params?: object; query?: object } = {}): string {
  const params = new Map(Object.entries(input.params ?? {}))
  const path = spec.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(params.get(name))),
  )
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(input.query ?? {}))
    if (value !== undefined && value !== null) query.set(key, String(value))
  return API_PREFIX + path + (query.size > 0 ? `?${query}` : '')
}

type Envelope =
  | { success: true; data: unknown; pagination?: { next_cursor: string | null; has_more: boolean } }
  | { success: false; error: ErrorBody }
interface ErrorBody {
  code: ErrorCode
  message: string
  details?: Record<string, unknown>
  request_id?: string
}

async function readReply(response: Response): Promise<Envelope> {
  try {
    return (await response.json()) as Envelope
  } catch (cause) {
    throw new TintypeError(response.status >= 500 ? 'unavailable' : 'internal', { cause })
  }
}

/** A code of a newer server is kept as it came: it has its message with it. */
function errorOf({ code, message, details, request_id }: ErrorBody, status: number): TintypeError {
  return new TintypeError(code, { message, status, details, requestId: request_id })
}
