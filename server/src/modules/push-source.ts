import type { EventType, NoticeKind, UserId } from '@tintype/contract'
import type { Event } from '../engines/event-log/port.ts'

/** Something that a member is told on their devices, as it is now. */
export interface PushText {
  /** By which members choose whether they want it. */
  kind: NoticeKind
  /** Empty: the community's name. */
  title: string
  body: string
  /** A path of the web app. */
  url: string
  /** What makes it another one than what is shown: shown again where it differs, and not where only the time has gone on. */
  version: string
}

/** Where to look: something began for a member, or ended. */
export interface PushHint {
  user_id: UserId
  id: string
  begins: boolean
}

/** What a module has members told on their devices, though the app is closed. */
export interface PushSource {
  name: string
  /** Messages go before all else. */
  lane: 'high' | 'normal'
  /** Whether each change is told aloud; else what is shown is brought up to date quietly, and not within five minutes. */
  again: 'aloud' | 'quietly'
  /** Seconds before the first of it is told, so that what comes together is told together. */
  hold: number
  types: readonly EventType[]
  hints(events: readonly Event[]): Promise<PushHint[]>
  /** By id. Absent: nothing is to be told of it, or no longer: it was undone, read, hidden. */
  texts(userId: UserId, ids: readonly string[]): Promise<ReadonlyMap<string, PushText>>
}
