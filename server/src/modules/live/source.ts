/** A source that sends. */
export interface Source {
  /** False: wait for `onDrain`. */
  write(bytes: Buffer): boolean
  onDrain(listener: () => void): void
  /** It has stopped. */
  close(): void
}

/** What a browser's MediaRecorder makes (WebM or Matroska), or what comes by RTMP (Flash Video). */
export type SourceFormat = 'matroska' | 'flv'

export interface SourceTerms {
  format: SourceFormat
  /** The live is over, or something else took its place. */
  onClosed(code: 'live_ended' | 'live_fed_already' | 'media_corrupt'): void
}
