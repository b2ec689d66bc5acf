import type { VideoStrip } from '@tintype/contract'

/** A file that is served under a name. */
export interface StoredFile {
  /** In URLs. */
  name: string
  /** In the object store. */
  key: string
  content_type: string
  /** Bytes. */
  size: number
}

export interface StoredRendition extends StoredFile {
  width: number
  height: number
}

/** What is shown of everything that can be seen: a still picture. */
export interface Still {
  width: number
  height: number
  thumbhash: string
  dominant_color: string
  /** What it looks like (see imaging/picture-hash.ts), where it has just been made. */
  hashes?: readonly string[]
  renditions: StoredRendition[]
}

/** One of the sizes that a player chooses among, or the sound beside them: a file in fragments, and the list of these. */
export interface FilmTrack extends StoredRendition {
  /** Without the links' query, which every reader has of their own. */
  playlist: StoredFile
  /** Bits a second: at most, and on average. */
  peak: number
  average: number
  /** As RFC 6381 names it. */
  codecs: string
}

export interface Film {
  recipe: string
  duration_ms: number
  loops: boolean
  has_sound: boolean
  /** What plays as it comes. */
  file: StoredFile
  /** Smallest first; empty until they are made. */
  rungs: readonly FilmTrack[]
  sound: FilmTrack | null
  preview: StoredFile | null
  strip: (StoredFile & Omit<VideoStrip, 'url'>) | null
}

export interface Voice {
  duration_ms: number
  /** 0…100 */
  waveform: readonly number[]
  file: StoredFile
}

/** What processing found and made, by the kind of the file. */
export type Outcome =
  | ({ kind: 'photo' } & Still)
  | ({ kind: 'video'; film: Film } & Still)
  | { kind: 'voice'; voice: Voice }

/** The same as columns: the still, and what else there is. */
export interface MadeColumns {
  width: number | null
  height: number | null
  thumbhash: string | null
  dominant_color: string | null
  renditions: StoredRendition[] | null
  made: Film | Voice | null
}

/** Null while nothing is made. */
export function outcomeOf(kind: Outcome['kind'], columns: MadeColumns): Outcome | null {
  const { made, ...still } = columns
  if (kind === 'voice') return made && { kind, voice: made as Voice }
  if (still.renditions === null) return null
  const { width, height, thumbhash, dominant_color, renditions } = still as Still
  const seen = { width, height, thumbhash, dominant_color, renditions }
  return kind === 'photo' ? { kind, ...seen } : made && { kind, ...seen, film: made as Film }
}

export function columnsOf(outcome: Outcome): MadeColumns {
  if (outcome.kind === 'voice')
    return {
      width: null,
      height: null,
      thumbhash: null,
      dominant_color: null,
      renditions: null,
      made: outcome.voice,
    }
  const { width, height, thumbhash, dominant_color, renditions } = outcome
  const made = outcome.kind === 'video' ? outcome.film : null
  return { width, height, thumbhash, dominant_color, renditions, made }
}

/** Every file of it that is served. */
export function filesOf(outcome: Outcome): readonly StoredFile[] {
  if (outcome.kind === 'voice') return [outcome.voice.file]
  if (outcome.kind === 'photo') return outcome.renditions
  const { file, rungs, sound, preview, strip } = outcome.film
  const tracks = [...rungs, ...(sound ? [sound] : [])]
  const others = [preview, strip].filter((one) => one !== null)
  return [...outcome.renditions, file, ...others, ...tracks, ...tracks.map(({ playlist }) => playlist)]
}
