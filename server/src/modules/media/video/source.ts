import type { Look } from './look.ts'

/** How a file is read: the demuxer is named by what its bytes say, so that none of those runs that follow addresses to other files. */
export type Container = 'mov' | 'matroska' | 'avi' | 'ogg' | 'gif' | 'apng' | 'webp_anim'

export interface Source {
  /** A file on this machine. */
  path: string
  container: Container
}

export interface Rational {
  num: number
  den: number
}

/** How the stored picture is turned to be upright: FFmpeg's filters, in their order. */
export type Turning = readonly string[]

export interface SourcePicture {
  codec: string
  /** Upright, in square pixels. */
  width: number
  height: number
  turning: Turning
  /** Frames a second, on average; 0 where the file does not say. */
  frameRate: number
  /** Light beyond what a usual screen shows: PQ or HLG. */
  isWide: boolean
  /** The matrix its colours were made with, where it is named. */
  matrix: 'bt709' | 'bt601' | 'bt2020' | undefined
  /** Every player shows it as it is stored. */
  isPlain: boolean
  /** Laid on white. */
  hasAlpha: boolean
  /** The filter that it is to have; none once it has it. */
  look?: Look | undefined
  /** Bits a second; 0 where unknown. */
  bitRate: number
}

export interface SourceSound {
  codec: string
  channels: number
}

/** What a file is, as far as its description says. */
export interface Probe {
  /** Seconds. */
  duration: number
  /** Where its clock begins, seconds. */
  startTime: number
  picture: SourcePicture | undefined
  sound: SourceSound | undefined
}
