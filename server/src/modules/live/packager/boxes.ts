/** The few boxes of a fragmented MP4 (ISO 14496-12) that are looked into. */

const HEAD = 8

export interface Track {
  scale: number
  isVideo: boolean
}

export const typeOf = (box: Buffer): string => box.toString('latin1', 4, HEAD)

/** Those within a box. */
export function* inside(box: Buffer): Iterable<Buffer> {
  for (let at = HEAD; at + HEAD <= box.length; ) {
    const size = box.readUInt32BE(at)
    if (size < HEAD) return
    yield box.subarray(at, at + size)
    at += size
  }
}

export const find = (box: Buffer | undefined, type: string): Buffer | undefined => {
  if (box) for (const one of inside(box)) if (typeOf(one) === type) return one
  return undefined
}

export function tracksOf(moov: Buffer): Map<number, Track> {
  const tracks = new Map<number, Track>()
  for (const trak of inside(moov)) {
    const [head, media] = [find(trak, 'tkhd'), find(trak, 'mdia')]
    const [times, kind] = [find(media, 'mdhd'), find(media, 'hdlr')]
    if (!head || !times || !kind) continue
    tracks.set(head.readUInt32BE(head[8] ? 28 : 20), {
      scale: times.readUInt32BE(times[8] ? 28 : 20),
      isVideo: kind.toString('latin1', 16, 20) === 'vide',
    })
  }
  return tracks
}

/** Those of a file, or of a piece of it that begins and ends between two. */
export function* boxesOf(bytes: Buffer): Iterable<Buffer> {
  for (let at = 0; at + HEAD <= bytes.length; ) {
    const size = bytes.readUInt32BE(at)
    if (size < HEAD) return
    yield bytes.subarray(at, at + size)
    at += size
  }
}

/** `sample_is_non_sync_sample`. */
export const NOT_A_KEY = 0x10000

interface Defaults {
  ticks: number
  flags: number
}

export function defaultsOf(tfhd: Buffer): Defaults {
  const flags = tfhd.readUInt32BE(8) & 0xffffff
  let at = 16
  const next = (bit: number, bytes: number): number => {
    if (!(flags & bit)) return 0
    at += bytes
    return tfhd.readUInt32BE(at - 4)
  }
  next(1, 8)
  next(2, 4)
  const ticks = next(8, 4)
  next(16, 4)
  return { ticks, flags: next(32, 4) }
}

export function runOf(trun: Buffer, given: Defaults): Defaults {
  const has = trun.readUInt32BE(8) & 0xffffff
  const count = trun.readUInt32BE(12)
  let at = 16
  if (has & 1) at += 4
  let flags = given.flags
  if (has & 4) {
    flags = trun.readUInt32BE(at)
    at += 4
  }
  let ticks = 0
  for (let n = 0; n < count; n++) {
    const own = has & 0x100 ? trun.readUInt32BE(at) : given.ticks
    ticks += own
    if (has & 0x100) at += 4
    if (has & 0x200) at += 4
    if (has & 0x400) {
      if (n === 0 && !(has & 4)) flags = trun.readUInt32BE(at)
      at += 4
    }
    if (has & 0x800) at += 4
  }
  return { ticks, flags }
}

/** How long the samples of a run last together. */
export const runTicks = (trun: Buffer, tfhd: Buffer): number => runOf(trun, defaultsOf(tfhd)).ticks
