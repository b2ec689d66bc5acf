import type { ErrorCode } from '@tintype/contract'

/** What a decoding process is told, and what it answers: while it works that it does, then one of the two others. */
export interface ChildRequest<Task> {
  task: Task
}

export type ChildReply<Result, News = never> =
  | { news: News }
  | { ok: true; result: Result; residentBytes: number }
  /** `code`: the file is to blame; absent: something else, worth another try. */
  | { ok: false; code: ErrorCode | undefined; message: string }
