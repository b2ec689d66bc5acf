import {
  type Body,
  type Domain,
  type Operation,
  type Page,
  type Params,
  type Query,
  type Reply,
  type RoleName,
  type RouteGroup,
  type RouteSpec,
  type Routes,
  routes,
  type Scope,
  type SessionId,
  type UserId,
} from '@tintype/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Piece, Pieces } from '../kit/pieces.ts'

/** Who asks. */
export interface Viewer {
  user_id: UserId
  session_id: SessionId
  role: RoleName
  /** Of an app that asks in the member's name; a session of their own has none. */
  scopes?: ReadonlySet<Scope> | undefined
}

type ViewerOf<R extends RouteSpec> = R['access'] extends 'member' | 'owner'
  ? Viewer
  : R['access'] extends 'optional'
    ? Viewer | null
    : null

export interface Call<R extends RouteSpec> {
  /** Never null where the route's access is `member` or `owner`. */
  viewer: ViewerOf<R>
  params: Params<R>
  query: Query<R>
  body: Body<R>
  /**
   * Set where the caller sent an `Idempotency-Key`: the id to create the resource under. It is the same on every attempt with
   * that key, also after a crash between the commit and the reply, so a handler that finds it taken answers what stands there.
   */
  reservedId: string | undefined
  /** For the few routes that set cookies, read a form or stream. */
  request: FastifyRequest
  response: FastifyReply
}

/** A reply's `data` that is JSON already, in pieces (see kit/pieces.ts); sent as it stands inside the envelope. */
export class ReadyJson {
  readonly pieces: Pieces
  readonly nextCursor: string | null
  constructor(pieces: Pieces, nextCursor: string | null = null) {
    this.pieces = pieces
    this.nextCursor = nextCursor
  }
}

/** A page of things that are JSON already. */
export function readyPage({ items, next_cursor }: Page<{ json: Pieces }>): ReadyJson {
  const pieces: Piece[] = ['[']
  for (const [at, { json }] of items.entries()) {
    if (at > 0) pieces.push(',')
    pieces.push(...json)
  }
  pieces.push(']')
  return new ReadyJson(pieces, next_cursor)
}

export type Handler<R extends RouteSpec> = (call: Call<R>) => Promise<Reply<R> | ReadyJson>

/** What answers the routes of one domain of the contract; one that is missing does not compile. */
export type Handlers<Group extends RouteGroup> = { readonly [N in keyof Group]: Handler<Group[N]> }

/** A route with what answers it. */
export interface RouteBinding {
  operation: Operation
  spec: RouteSpec
  /** The call has the shape that `spec` states. */
  handle(call: unknown): Promise<unknown>
}

/** Ties the routes of a domain to their handlers: `bind('graph', { follow: ({ viewer, params }) => … })`. */
export const bind = <D extends Domain>(domain: D, handlers: Handlers<Routes[D]>): RouteBinding[] =>
  Object.entries<RouteSpec>(routes[domain]).map(([name, spec]) => ({
    operation: `${domain}.${name}` as Operation,
    spec,
    handle: (handlers as Readonly<Record<string, RouteBinding['handle']>>)[name] as RouteBinding['handle'],
  }))
