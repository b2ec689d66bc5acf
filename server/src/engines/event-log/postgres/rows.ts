import type { EventType } from '@tintype/contract'

/** A row of `events`; shared by all groups of the process, so never changed. Transaction ids fit a double for as long as it matters. */
export interface EventRow {
  seq: number
  xid: number
  /** Milliseconds since 1970. */
  at: number
  share: number
  type: EventType
  key: string
  payload: unknown
}

/**
 * How far a share has been settled: every event of transactions below `xid`, and, inside the large window [xid, until),
 * every event up to `seq`.
 */
export interface Position {
  xid: number
  until: number | null
  seq: number | null
  /** Where a copy of the log is read on. */
  copy?: CopyPlace | undefined
}

/** A place in a copy of the log: which copy, and the number there of what comes next. */
export interface CopyPlace {
  id: string
  offset: number
}

export const at = (xid: number): Position => ({ xid, until: null, seq: null })

/** Whether an event of the share lies before a position. */
export const isSettled = ({ xid, until, seq }: Position, row: Pick<EventRow, 'xid' | 'seq'>): boolean =>
  row.xid < xid || (until !== null && row.xid < until && row.seq <= (seq ?? 0))

/** An event on its way through a group in this process. */
export interface Task {
  readonly row: EventRow
  /** The read it came with, which holds the cursor back; undefined once something else remembers the event. */
  chunk: Chunk | undefined
  /** It stands in `event_parked` (or is about to, ahead of the cursor). */
  parked: boolean
  /** Failed ones. */
  attempts: number
  /** How often what it needs was away; forgotten with the process. */
  waits?: number
}

/** One read's events; the cursor goes to `after` once none is open. */
export interface Chunk {
  readonly after: Position
  readonly tasks: Task[]
  open: number
  /** Milliseconds of the process's own clock. */
  readonly since: number
}

export interface ParkedTask {
  task: Task
  /** Milliseconds since 1970, by the machine's clock. */
  dueAt: number
  error: string | null
  /** Called once it stands in the database. */
  written?: () => void
}

export interface DeadTask {
  task: Task
  error: string
}

/** What one group of this process wants written, all at once. */
export interface Changes {
  groupId: number
  cursors: { share: number; position: Position }[]
  park: ParkedTask[]
  retry: ParkedTask[]
  bury: DeadTask[]
  unpark: Task[]
}
