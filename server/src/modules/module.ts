import type { RealtimeType, UserId } from '@tintype/contract'
import type { FastifyInstance } from 'fastify'
import type { Consumer } from '../engines/event-log/port.ts'
import type { RouteBinding } from '../gateway/binding.ts'
import type { Notices } from './notice.ts'
import type { PersonalData } from './personal.ts'
import type { PushSource } from './push-source.ts'
import type { SealedColumn } from './sealed.ts'
import type { SocketParts } from './sockets.ts'
import type { SubjectKind } from './subject.ts'

/** Runs on one process of the cluster at a time, about every `everySeconds`. Must bear being run twice. */
export interface Schedule {
  name: string
  everySeconds: number
  run(signal: AbortSignal): Promise<void>
}

/** Does what is due, in every process with the worker role; must bear that others do the same. */
export interface Loop {
  name: string
  start(): AsyncDisposable
  /** Resolves once nothing is due any more, as of the clock. For tests and shutdown. */
  settle(): Promise<void>
}

/** A number that a member's open apps are told when it may have changed (see kit/member-channel.ts). */
export interface Badge {
  name: RealtimeType
  /** Every id asked gets an answer. */
  count(ids: readonly UserId[]): Promise<Map<UserId, number>>
}

/** Makes derived data anew from what it is derived of, while the server runs or not: `npm run rebuild -- <name>`. */
export interface Rebuild {
  name: string
  /** Answers how many things were made anew. */
  run(signal: AbortSignal): Promise<number>
}

/** What every module gives to the roles, beside its service. */
export interface ModuleParts {
  routes: RouteBinding[]
  /** What is served beside the API. */
  plugin?(app: FastifyInstance): Promise<void>
  consumers: Consumer[]
  schedules: Schedule[]
  rebuilds: Rebuild[]
  /** What its tables keep of people, and what a member’s archive tells of it. */
  personal: PersonalData
  /** Columns that hold what only the vault opens. */
  sealed?: readonly SealedColumn[]
  /** What members are told of it. */
  notices?: Notices
  /** What members are told on their devices, though the app is closed. */
  pushes?: readonly PushSource[]
  /** Work that goes on for as long as the worker role runs. */
  loops?: readonly Loop[]
  /** What others can point at here. */
  subjects?: readonly SubjectKind[]
  /** Numbers that members' open apps show. */
  badges?: Badge[]
  /** What open sockets may subscribe to, and what may be said on them. */
  sockets?: SocketParts
  /**
   * Takes away all that a member who has left was known by or did here, some at a time. Asked after their account is gone; again until
   * it succeeds, so it must bear being run twice. server/src/erasure.test.ts looks at every column that holds a member's id.
   */
  erase(member: UserId, signal: AbortSignal): Promise<void>
}
