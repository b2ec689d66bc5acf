import {
  type Events,
  type EventType,
  memberSubject,
  type NotificationType,
  type SubjectRef,
  type UserId,
} from '@tintype/contract'

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

/** What a module tells members of. */
export interface Notices {
  /** Which facts an event begins and which it ends. */
  on: { readonly [T in EventType]?: (payload: Events[T]) => Claim[] }
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
