import { Exact, type Static, type TSchema, Type } from './schema.ts'
import type { Reach } from './scope.ts'

/** What a server says on a socket: `{ type, data }`, and where it belongs to one, `topic` and `cursor`. */
export interface MessageSpec<D extends TSchema = TSchema> {
  /** What a socket's token must have been allowed to hear it. */
  scope: Reach
  summary: string
  data: D
}
export const message = <D extends TSchema>(scope: Reach, summary: string, data: D): MessageSpec<D> => ({
  scope,
  summary,
  data,
})

/** What a client says on a socket: `{ type, data, ref? }`. What comes of a frame that is refused is told by `refused`. */
export interface FrameSpec<D extends TSchema = TSchema> {
  scope: Reach
  summary: string
  data: D
  /** From one socket; above that a frame is refused with `rate_limited`. */
  perMinute: number
}
export const frame = <D extends TSchema>(
  scope: Reach,
  summary: string,
  perMinute: number,
  data: D,
): FrameSpec<D> => ({
  scope,
  summary,
  data,
  perMinute,
})

/** What a socket may subscribe to beside what is said to its member. A topic of the kind `post` is called `post:{post_id}`. */
export interface TopicSpec<Id extends TSchema = TSchema> {
  scope: Reach
  summary: string
  id: Id
  /** Types of what is said in it. */
  messages: readonly string[]
}
export const topic = <Id extends TSchema>(
  scope: Reach,
  summary: string,
  id: Id,
  messages: readonly string[],
): TopicSpec<Id> => ({ scope, summary, id, messages })

/** Why a server closes a socket: the code, and what a client does about it. Others are those of RFC 6455. */
export const closeCodes = {
  unauthenticated: {
    code: 4401,
    summary:
      'The token was refused, ran out, or its session ended; no token came within ten seconds. The reason is a code of the error table. Renew the token, then connect again.',
  },
  too_slow: {
    code: 4408,
    summary: 'Messages piled up because the socket did not take them. Connect again, with the cursor.',
  },
  too_many_connections: {
    code: 4409,
    summary: 'The member has as many sockets open as they may. Connect again after half a minute or more.',
  },
  too_many_frames: {
    code: 4429,
    summary: 'Far more frames than any client has reason to send. Connect again after half a minute or more.',
  },
} as const

/** Topics that one socket may have joined at the same time. */
export const TOPICS_PER_SOCKET = 50

const Topic = Type.String({ maxLength: 120, description: '`kind:id`' })
const Cursor = Type.String({ maxLength: 64 })

export const coreFrames = {
  subscribe: frame(
    'open',
    'Joins a topic. Answered by `subscribed`, or by `unsubscribed` where it may not be joined or does not exist. `resume`: the last cursor of this topic, to be told what was missed.',
    240,
    Exact({ topic: Topic, resume: Type.Optional(Cursor) }),
  ),
  unsubscribe: frame('open', 'Leaves a topic.', 240, Exact({ topic: Topic })),
  ping: frame(
    'open',
    'Answered by `pong`: for clients that cannot see the pings of the protocol.',
    60,
    Exact({}),
  ),
}

export const coreMessages = {
  ready: message(
    'open',
    'The first, once the socket is authenticated. `resumed`: what follows begins exactly where `?resume=` left off; otherwise fetch again what is shown. `spread_ms`: when the connection is lost, wait a random time of up to so many milliseconds before the first try.',
    Exact({ user_id: Type.String(), resumed: Type.Boolean(), spread_ms: Type.Integer() }),
  ),
  subscribed: message(
    'open',
    'The topic is joined. `resumed` as in `ready`, for what is said in it.',
    Exact({ resumed: Type.Boolean() }),
  ),
  unsubscribed: message(
    'open',
    'The topic was not joined, or may not be heard any more. `code` is of the error table: `not_found` for what does not exist and for what this member may not see.',
    Exact({ code: Type.String() }),
  ),
  refused: message(
    'open',
    'A frame was not obeyed. `ref` is the one that came with it.',
    Exact({ frame: Type.String(), code: Type.String(), ref: Type.Optional(Type.String()) }),
  ),
  missed: message(
    'open',
    'Messages may have been lost on their way to this server: fetch again what is shown.',
    Exact({}),
  ),
  pong: message('open', 'The answer to `ping`.', Exact({})),
}

/** Data of each, by name. */
export type DataOf<Specs extends Readonly<Record<string, { data: TSchema }>>> = {
  [N in keyof Specs]: Static<Specs[N]['data']>
}
