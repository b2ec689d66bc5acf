import type { SourceFormat } from '../source.ts'
import type { Part } from './cutter.ts'

/** What a packaging process is told at its start. */
export interface PackagerTask {
  format: SourceFormat
  /** Shorter edges of further qualities below the source's own. */
  lower: readonly number[]
  /** H.264 as it came is passed on. Else everything is encoded anew, with a key frame every two seconds. */
  copy: boolean
  threads: number
}

/** What it says. */
export type PackagerNews =
  | { init: Buffer; rung: number; width: number; height: number }
  | { part: Part; rung: number }
  /** It will not go on. `gop`: key frames come too seldom for what is passed on as it came. */
  | { fault: 'unreadable' | 'gop' | 'broken'; detail: string }
