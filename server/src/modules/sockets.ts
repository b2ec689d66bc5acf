import type {
  Events,
  EventType,
  Frames,
  FrameType,
  RealtimeMessage,
  TopicId,
  TopicKind,
  TopicName,
  UserId,
} from '@tintype/contract'
import type { Broadcast } from '../engines/broadcast/port.ts'
import { type Consumer, consumer } from '../engines/event-log/port.ts'
import type { Viewer } from '../gateway/binding.ts'
import { RECHECK_CHANNEL, type Recheck } from '../kit/topic-channel.ts'

/** A kind of topic, declared in the contract. `Note` is what the module tells with `tellTopics`. */
export interface Topic<K extends TopicKind = TopicKind, Note = never> {
  kind: K
  /**
   * Undefined where this member may not hear it, and where it does not exist: nobody can tell the two apart. Otherwise the ids
   * that their right rests on, by which `recheck` finds it.
   */
  mayJoin(viewer: UserId, id: TopicId<K>): Promise<readonly string[] | undefined>
  /** Facts after which `mayJoin` may answer otherwise. Whoever may not hear the topic any more is put out. */
  recheck: { readonly [T in EventType]?: (payload: Events[T]) => Recheck }
  /** Each is one message, or none, to each of these members. The same note may come twice; what is said is what is true now. */
  present(
    id: TopicId<K>,
    note: Note,
    viewers: readonly UserId[],
  ): Promise<ReadonlyMap<UserId, RealtimeMessage>>
  /** Of notes with the same name that wait, only the last is presented. */
  nameOf?(note: Note): string | undefined
  /** Presented to whoever joins and could not resume. */
  greeting?: Note
}

export interface FrameContext {
  viewer: Viewer
  /** Whether the socket has joined this topic, so that its member may hear it. */
  hasJoined(topic: TopicName): boolean
}

/** Throws a coded error where the frame is to be refused. */
export type FrameHandlers = {
  [T in Exclude<FrameType, CoreFrame>]?: (data: Frames[T], context: FrameContext) => Promise<void>
}
type CoreFrame = 'subscribe' | 'unsubscribe' | 'ping'

/** What a module gives to members' open sockets, beside what it tells them by kit/member-channel.ts. */
export interface SocketParts {
  topics?: readonly Topic[]
  frames?: FrameHandlers
}

/** A topic with its kind and notes, for those that do not look into them. */
export const topic = <K extends TopicKind, Note>(definition: Topic<K, Note>): Topic =>
  definition as unknown as Topic

/** Has every process with sockets ask again who may be in which topic of a module. */
export function rechecks(
  module: string,
  topics: readonly Topic[],
  broadcast: Pick<Broadcast, 'publish'>,
): Consumer[] {
  const types = new Set(topics.flatMap(({ recheck }) => Object.keys(recheck) as EventType[]))
  if (types.size === 0) return []
  return [
    consumer({
      group: `topics.${module}`,
      types: [...types],
      batch: 500,
      handleBatch: (events) => {
        const asked = events.flatMap(({ type, payload }) =>
          topics.flatMap(({ recheck }) => {
            const what = recheck[type] as ((payload: unknown) => Recheck) | undefined
            return what ? [what(payload)] : []
          }),
        )
        return broadcast.publish(RECHECK_CHANNEL, asked)
      },
    }),
  ]
}
