import {
  Exact,
  type Id,
  idOf,
  Nullable,
  PostId,
  type Static,
  Timestamp,
  Type,
  Written,
} from '../core/schema.ts'
import { UserSummary } from '../members/schemas.ts'

export const liveLimits = {
  title: 100,
  comment: 300,
  /** Comments that a page of them has; older ones are not asked for while a live goes on. */
  comments: 100,
  /** Seconds between two comments of a member, at most. */
  slowSeconds: 300,
  moderators: 20,
  /** Hearts that one frame may bring. */
  heartsAtOnce: 20,
  /** Seconds for which a live goes on without its source. */
  grace: 15,
  /** Seconds for which one that was never fed stays open. */
  waiting: 900,
  /** Days for which what was recorded waits to be kept as a video. */
  recordingDays: 7,
} as const

export type LiveId = Id<'live'>
export const LiveId = idOf<LiveId>()
export type LiveCommentId = Id<'live-comment'>
export const LiveCommentId = idOf<LiveCommentId>()

/** `browser`: from the page that began it. `encoder`: from a program, such as OBS, with the stream key. */
export const LiveSource = Type.Union([Type.Literal('browser'), Type.Literal('encoder')])
export type LiveSource = Static<typeof LiveSource>

/** Among those who may see its host. */
export const LiveAudience = Type.Union([Type.Literal('public'), Type.Literal('followers')])
export type LiveAudience = Static<typeof LiveAudience>

/** `waiting`: nothing has come in yet, and only its host sees it. */
export const LiveStatus = Type.Union([Type.Literal('waiting'), Type.Literal('live'), Type.Literal('ended')])
export type LiveStatus = Static<typeof LiveStatus>

export const LiveTitle = Written('line', { max: liveLimits.title })

export const LiveComment = Exact({
  live_comment_id: LiveCommentId,
  user: UserSummary,
  text: Type.String(),
  /** It waits for the host or a moderator of the live to approve it; besides them, only who wrote it sees it, and nothing tells them. */
  held: Type.Optional(Type.Literal(true)),
  created_at: Timestamp,
})
export type LiveComment = Static<typeof LiveComment>

const facts = {
  live_id: LiveId,
  user: UserSummary,
  title: Type.String(),
  audience: LiveAudience,
  status: LiveStatus,
  started_at: Nullable(Timestamp),
}

/** A live in a list. */
export const LiveEntry = Exact({ ...facts, viewers_count: Type.Integer() })
export type LiveEntry = Static<typeof LiveEntry>

export const Live = Exact({
  ...LiveEntry.properties,
  ended_at: Nullable(Timestamp),
  /** What a player is given (HLS, low latency) while it goes on, its host also before that; good for ten minutes. Ask again before, for another. */
  playlist: Nullable(Type.String()),
  hearts_count: Type.Integer(),
  /** Whether what its viewers write is taken. */
  comments_open: Type.Boolean(),
  /** Seconds between two comments of a member; 0: as many as they like. */
  slow_seconds: Type.Integer(),
  pinned: Nullable(LiveComment),
  /** The video that was made of it, for whoever may see that. */
  replay_post_id: Nullable(PostId),
  viewer: Exact({
    is_host: Type.Boolean(),
    /** May delete and pin comments and remove viewers. */
    moderates: Type.Boolean(),
  }),
  /** For its host alone. */
  host: Nullable(
    Exact({
      source: LiveSource,
      viewers_peak: Type.Integer(),
      /** Whether something is recorded that can be kept as a video; until when it can is `recording_until`. */
      has_recording: Type.Boolean(),
      recording_until: Nullable(Timestamp),
      moderators: Type.Array(UserSummary),
      removed: Type.Array(UserSummary),
    }),
  ),
})
export type Live = Static<typeof Live>

export const NewLive = Exact({
  title: Type.Optional(LiveTitle),
  audience: LiveAudience,
  source: Type.Optional(LiveSource),
})

export const LiveChanges = Exact({
  title: Type.Optional(LiveTitle),
  comments_open: Type.Optional(Type.Boolean()),
  slow_seconds: Type.Optional(Type.Integer({ minimum: 0, maximum: liveLimits.slowSeconds })),
})

/** Where the browser of its host sends what its MediaRecorder records. */
export const LiveIntake = Exact({
  /** A path of this server for a WebSocket; good once, within a minute. */
  url: Type.String(),
  /** Bits a second. */
  video_bit_rate: Type.Integer(),
  /** Seconds after which it is ended. */
  longest: Type.Integer(),
})
export type LiveIntake = Static<typeof LiveIntake>

export const StreamKey = Exact({
  /** Null once it was shown: only a new one can be. */
  key: Nullable(Type.String()),
  created_at: Nullable(Timestamp),
  /** Null where this server takes none. */
  rtmp_url: Nullable(Type.String()),
})
export type StreamKey = Static<typeof StreamKey>
