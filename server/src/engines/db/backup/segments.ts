import { readdir } from 'node:fs/promises'

/**
 * Files of PostgreSQL's write-ahead log, 16 MB each: eight hex digits each of timeline, log and segment; 256 segments make a log. In an archive one is
 * `{name}.{time}.zst`: what was acknowledged before that time stands in segments up to this one.
 */
export const SEGMENT_BYTES = 16 * 1024 * 1024
const PER_LOG = 256

export const isSegment = (name: string): boolean => /^[0-9A-F]{24}$/.test(name)
export const isHistory = (name: string): boolean => /^[0-9A-F]{8}\.history$/.test(name)

/** Its place in the log, whatever the timeline. */
export const numberOf = (segment: string): number =>
  Number.parseInt(segment.slice(8, 16), 16) * PER_LOG + Number.parseInt(segment.slice(16, 24), 16)

const timelineOf = (segment: string): number => Number.parseInt(segment.slice(0, 8), 16)

/** The segment that a position (`1/5A000028`) lies in. */
export function numberAt(position: string): number {
  const [high = '0', low = '0'] = position.split('/')
  return Number.parseInt(high, 16) * PER_LOG + Math.floor(Number.parseInt(low, 16) / SEGMENT_BYTES)
}

export const positionOf = (number: number): string =>
  `${Math.floor(number / PER_LOG).toString(16)}/${((number % PER_LOG) * SEGMENT_BYTES).toString(16)}`.toUpperCase()

export interface Archived {
  segment: string
  file: string
  /** Milliseconds since 1970. */
  at: number
}

export const archivedName = (segment: string, at: number): string =>
  `${segment}.${new Date(at).toISOString().replaceAll(':', '')}.zst`

function readName(file: string): Archived | undefined {
  const [, segment, day, hour, minute, rest] =
    /^([0-9A-F]{24})\.(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)(\d\d\.\d{3}Z)\.zst$/.exec(file) ?? []
  return segment ? { segment, file, at: Date.parse(`${day}T${hour}:${minute}:${rest}`) } : undefined
}

/** What an archive has, in the order of the log; of a segment that stands there twice, the first that was put there. */
export async function listArchived(folder: string): Promise<Archived[]> {
  const names = await readdir(folder).catch(() => [] as string[])
  const found = names
    .map(readName)
    .filter((each) => each !== undefined)
    .sort((a, b) => (a.segment < b.segment ? -1 : a.segment > b.segment ? 1 : a.at - b.at))
  return found.filter((each, at) => found[at - 1]?.segment !== each.segment)
}

/**
 * Those that follow on `start` without a gap, over changes of the timeline: a new one begins within a segment of the one before, so a number may come
 * twice. None where `start` is missing.
 */
export function unbroken(archived: readonly Archived[], start: string): Archived[] {
  const run: Archived[] = []
  let reached = numberOf(start) - 1
  for (const each of archived) {
    if (timelineOf(each.segment) < timelineOf(start) || numberOf(each.segment) < numberOf(start)) continue
    if (numberOf(each.segment) > reached + 1) break
    reached = numberOf(each.segment)
    run.push(each)
  }
  return run
}
