import { type ChildLimits, DecoderProcess } from '../decoder-process.ts'
import type { ImagingTask, Processed } from './process.ts'

export type ImagingProcess = DecoderProcess<ImagingTask, Processed>

/** A process that works on pictures. */
export const imagingProcess = (limits: ChildLimits): ImagingProcess =>
  new DecoderProcess(new URL('./child.ts', import.meta.url), limits)
