import type { ErrorCode } from '@tintype/contract'
import type { ImagingTask, Processed } from './process.ts'

export interface ChildRequest {
  task: ImagingTask
}

export type ChildReply =
  | { ok: true; processed: Processed; residentBytes: number }
  /** `code`: the file is to blame; absent: something else, worth another try. */
  | { ok: false; code: ErrorCode | undefined; message: string }
