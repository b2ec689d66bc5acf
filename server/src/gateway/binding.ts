import {
  type Body,
  type Params,
  type Query,
  type Reply,
  type RouteName,
  type Routes,
  routes,
  type SessionId,
  type UserId,
} from '@tintype/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Pieces } from '../kit/pieces.ts'

/** Who asks. */
export interface Viewer {
  user_id: UserId
  session_id: SessionId
  role: 'member' | 'owner'
}

type ViewerOf<N extends RouteName> = Routes[N]['access'] extends 'member' | 'owner'
  ? Viewer
  : Routes[N]['access'] extends 'optional'
    ? Viewer | null
    : null

export interface Call<N extends RouteName> {
  /** Never null where the route's access is `member` or `owner`. */
  viewer: ViewerOf<N>
  params: Params<Routes[N]>
  query: Query<Routes[N]>
  body: Body<Routes[N]>
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

export type Handler<N extends RouteName> = (call: Call<N>) => Promise<Reply<Routes[N]> | ReadyJson>

export interface RouteBinding {
  name: RouteName
  handle(call: Call<RouteName>): Promise<unknown>
}

/** Ties a route of the contract to its handler: `bind('likePost', ({ viewer, params }) => service.likePost(viewer, params.post_id))`. */
export function bind<N extends RouteName>(name: N, handle: Handler<N>): RouteBinding {
  if (!routes[name]) throw new Error(`no such route: ${name}`)
  return { name, handle: handle as unknown as RouteBinding['handle'] }
}
