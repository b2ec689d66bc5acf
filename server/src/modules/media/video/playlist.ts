import type { FilmTrack } from '../outcome.ts'
import type { FragmentedFile } from './fragments.ts'

export const PLAYLIST_TYPE = 'application/vnd.apple.mpegurl'
/** Stands where the reader's own right to see is put in. */
export const QUERY = '{query}'

const head = ['#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-INDEPENDENT-SEGMENTS']

/** The fragments of one file, by their place in it. */
export function mediaPlaylist(name: string, { timescale, initLength, fragments }: FragmentedFile): string {
  const longest = Math.max(...fragments.map(({ duration }) => duration / timescale))
  const uri = `${name}${QUERY}`
  return [
    ...head,
    '#EXT-X-PLAYLIST-TYPE:VOD',
    `#EXT-X-TARGETDURATION:${Math.ceil(longest)}`,
    `#EXT-X-MAP:URI="${uri}",BYTERANGE="${initLength}@0"`,
    ...fragments.flatMap(({ start, length, duration }) => [
      `#EXTINF:${(duration / timescale).toFixed(5)},`,
      `#EXT-X-BYTERANGE:${length}@${start}`,
      uri,
    ]),
    '#EXT-X-ENDLIST',
    '',
  ].join('\n')
}

/** All that a player chooses among; the sound beside each. */
export function masterPlaylist(rungs: readonly FilmTrack[], sound: FilmTrack | null, query: string): string {
  const audio = sound && [
    `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="sound",DEFAULT=YES,AUTOSELECT=YES,URI="${sound.playlist.name}${query}"`,
  ]
  const variants = rungs.flatMap(({ width, height, peak, average, codecs, playlist }) => [
    `#EXT-X-STREAM-INF:BANDWIDTH=${peak + (sound?.peak ?? 0)},AVERAGE-BANDWIDTH=${average + (sound?.average ?? 0)},` +
      `CODECS="${[codecs, ...(sound ? [sound.codecs] : [])].join(',')}",RESOLUTION=${width}x${height}` +
      (sound ? ',AUDIO="sound"' : ''),
    `${playlist.name}${query}`,
  ])
  return [...head, ...(audio ?? []), ...variants, ''].join('\n')
}

/** Bits a second. */
export function ratesOf({ timescale, fragments }: FragmentedFile): { peak: number; average: number } {
  const bits = (some: FragmentedFile['fragments']) => 8 * some.reduce((sum, { length }) => sum + length, 0)
  const seconds = (some: FragmentedFile['fragments']) =>
    some.reduce((sum, { duration }) => sum + duration, 0) / timescale
  const each = fragments.map((one) => bits([one]) / Math.max(0.5, seconds([one])))
  return {
    peak: Math.ceil(Math.max(...each)),
    average: Math.ceil(bits(fragments) / Math.max(0.5, seconds(fragments))),
  }
}

/** Of H.264, as its description in the file's beginning has it: profile, constraints, level. */
export function codecsOf(init: Buffer): string {
  const at = init.indexOf('avcC')
  return `avc1.${init.toString('hex', at + 5, at + 8)}`
}
