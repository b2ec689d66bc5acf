/** Seconds of a part, at least; at most one picture more. */
export const PART_SECONDS = 0.5
/** What no part is longer than at twenty pictures a second or more. */
export const PART_TARGET = 0.55
/** Seconds from one key frame to the next, at most, in what is passed on as it came; browsers are asked for two. */
export const LONGEST_GOP = 4
/** A key frame sooner than this after the last does not begin a segment. */
export const SHORTEST_SEGMENT = 0.9
/** What no segment is longer than, rounded. Segments end before key frames: the longest has a short one before it. */
export const TARGET_DURATION = Math.round(LONGEST_GOP + SHORTEST_SEGMENT)
/** Of parts, told for the segments at the end. */
const PARTS_FOR = 3

export interface ListedSegment {
  /** Media sequence number. */
  msn: number
  /** Which initialisation segment it is played with; it changes where the source began anew. */
  run: number
  parts: readonly { seconds: number; key: boolean }[]
  done: boolean
}

export interface Listed {
  /** First ones have gone already, oldest first. */
  segments: readonly ListedSegment[]
  /** Breaks among those that have gone. */
  breaks: number
  ended: boolean
}

const seconds = (value: number): string => value.toFixed(5)
export const lengthOf = ({ parts }: Pick<ListedSegment, 'parts'>): number =>
  parts.reduce((sum, part) => sum + part.seconds, 0)

/**
 * The media playlist of low-latency HLS (draft-pantos-hls-rfc8216bis): segments, the parts of the last of them, and what comes next.
 * Files are named relative to it: `{rung}-{run}.mp4`, `{rung}-{msn}.m4s`, `{rung}-{msn}.{part}.m4s`.
 */
export function mediaPlaylist(rung: number, { segments, breaks, ended }: Listed): string {
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:9',
    `#EXT-X-TARGETDURATION:${TARGET_DURATION}`,
    `#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=${seconds(PART_TARGET * 3)}`,
    `#EXT-X-PART-INF:PART-TARGET=${seconds(PART_TARGET)}`,
    `#EXT-X-MEDIA-SEQUENCE:${segments[0]?.msn ?? 0}`,
    `#EXT-X-DISCONTINUITY-SEQUENCE:${breaks}`,
    '#EXT-X-INDEPENDENT-SEGMENTS',
  ]
  let run: number | undefined
  for (const [at, segment] of segments.entries()) {
    if (segment.run !== run) {
      if (run !== undefined) lines.push('#EXT-X-DISCONTINUITY')
      lines.push(`#EXT-X-MAP:URI="${rung}-${segment.run}.mp4"`)
      run = segment.run
    }
    if (at >= segments.length - PARTS_FOR) lines.push(...partsOf(rung, segment))
    if (segment.done) lines.push(`#EXTINF:${seconds(lengthOf(segment))},`, `${rung}-${segment.msn}.m4s`)
  }
  if (ended) lines.push('#EXT-X-ENDLIST')
  else lines.push(`#EXT-X-PRELOAD-HINT:TYPE=PART,URI="${hinted(rung, segments.at(-1))}"`)
  return `${lines.join('\n')}\n`
}

const partsOf = (rung: number, { msn, parts }: ListedSegment): string[] =>
  parts.map(
    (part, n) =>
      `#EXT-X-PART:DURATION=${seconds(part.seconds)},URI="${rung}-${msn}.${n}.m4s"${part.key ? ',INDEPENDENT=YES' : ''}`,
  )

function hinted(rung: number, last: ListedSegment | undefined): string {
  if (!last) return `${rung}-0.0.m4s`
  return last.done ? `${rung}-${last.msn + 1}.0.m4s` : `${rung}-${last.msn}.${last.parts.length}.m4s`
}

export interface ListedRung {
  width: number
  height: number
  codecs: readonly string[]
  /** Bits a second, at most. */
  bandwidth: number
}

/** The list of qualities, best first. */
export const masterPlaylist = (rungs: readonly ListedRung[]): string =>
  [
    '#EXTM3U',
    '#EXT-X-VERSION:9',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    ...rungs.flatMap(({ width, height, codecs, bandwidth }, rung) => [
      `#EXT-X-STREAM-INF:BANDWIDTH=${Math.round(bandwidth)},RESOLUTION=${width}x${height},CODECS="${codecs.join(',')}"`,
      `${rung}.m3u8`,
    ]),
    '',
  ].join('\n')
