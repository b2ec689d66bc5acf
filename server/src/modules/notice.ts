import {
  type Events,
  type EventType,
  memberSubject,
  type NoticeKind,
  type NotificationType,
  type SubjectRef,
  type UserId,
} from '@tintype/contract'
import { createT } from '@tintype/contract/core/texts'

const t = createT({ others: { one: '{actor} and {count} other', other: '{actor} and {count} others' } })

/** One member is told of one fact once. */
export interface Fact {
  /** Who is told. */
  user_id: UserId
  type: NotificationType
  actor_id: UserId
  /** What it is about; the member themself where nothing else is. */
  subject: SubjectRef
}

/** `stands`: an event says it has become true; else that it has ended. What is true now, only a look at the truth says. */
export interface Claim {
  fact: Fact
  stands: boolean
}

/** Of a group of notices, for the sentence that tells it. */
export interface NoticeAbout {
  /** Who did it last, and how many did it beside them. */
  actor: string
  others: number
  /** To how many things. */
  things: number
  /** The text of a comment, cut; else empty. */
  excerpt: string
}

/** What a device shows of one. */
export interface NoticePush {
  kind: NoticeKind
  body(about: NoticeAbout): string
}

/** What a module tells members of. */
export interface Notices {
  /** Which facts an event begins and which it ends. */
  on: { readonly [T in EventType]?: (payload: Events[T]) => Claim[] }
  /** Those which may be about what others made, and which they may have hidden since. */
  ofOthers?: readonly NotificationType[]
  /** Those that nobody did whom one could look at: they have the member's own face, and are told all the same. */
  faceless?: readonly NotificationType[]
  /** What a push of each looks like, by type, or by type and kind of thing (`mention story`); of one that is not here there is none. */
  pushes: { readonly [T in NotificationType | `${NotificationType} ${string}`]?: NoticePush }
  /** Those of the facts that are this module's and true right now; others' facts may be among those asked for. */
  stillTrue(facts: readonly Fact[]): Promise<Fact[]>
}

export const factOf = (
  type: NotificationType,
  user_id: UserId,
  actor_id: UserId,
  subject: SubjectRef = memberSubject(user_id),
): Fact => ({ user_id, type, actor_id, subject })
export const begins = (...facts: Fact[]): Claim[] => facts.map((fact) => ({ fact, stands: true }))
export const ends = (...facts: Fact[]): Claim[] => facts.map((fact) => ({ fact, stands: false }))

/** `ana`, or `ana and 12 others`. */
export const whoDid = ({ actor, others: count }: NoticeAbout): string =>
  count > 0 ? t('others', { actor, count }) : actor
