/** A source that sends. */
export interface Source {
  /** False: wait for `onDrain`. */
  write(bytes: Buffer): boolean
  onDrain(listener: () => void): void
  /** It has stopped. */
  close(): void
}

export interface SourceTerms {
  /** The live is over, or something else took its place. */
  onClosed(code: 'live_ended' | 'live_fed_already' | 'media_corrupt'): void
}
