import { type Box, boxesIn } from '../imaging/formats/boxes.ts'

/** One `moof` with its `mdat`: a segment that a player can fetch by its place in the file. */
export interface Fragment {
  start: number
  /** Bytes. */
  length: number
  /** Ticks of the track's clock. */
  time: number
  duration: number
}

export interface FragmentedFile {
  /** Ticks a second. */
  timescale: number
  /** Bytes of what stands before the first fragment. */
  initLength: number
  fragments: Fragment[]
}

const inside = (bytes: Buffer, boxes: Box[], kind: string): Box[] =>
  boxes.filter((box) => box.kind === kind).flatMap((box) => boxesIn(bytes, box.start, box.end))

const payloads = (bytes: Buffer, boxes: Box[], kind: string): Buffer[] =>
  boxes.filter((box) => box.kind === kind).map((box) => bytes.subarray(box.start, box.end))

/** Reads a fragmented MP4 of one track. */
export function readFragments(file: Buffer): FragmentedFile {
  const top = boxesIn(file, 0, file.length)
  const first = top.find(({ kind }) => kind === 'moof')
  const moov = inside(file, top, 'moov')
  const defaults = payloads(file, inside(file, moov, 'mvex'), 'trex')[0]
  const fragments: Fragment[] = []
  for (const [at, box] of top.entries()) {
    const data = top[at + 1]
    if (box.kind !== 'moof' || data?.kind !== 'mdat') continue
    const traf = inside(file, boxesIn(file, box.start, box.end), 'traf')
    fragments.push({
      start: box.start - HEADER,
      length: data.end - box.start + HEADER,
      time: timeOf(payloads(file, traf, 'tfdt')[0]),
      duration: durationOf(payloads(file, traf, 'trun'), payloads(file, traf, 'tfhd')[0], defaults),
    })
  }
  const initLength = first ? first.start - HEADER : file.length
  return { timescale: timescaleOf(file, moov), initLength, fragments }
}

const HEADER = 8

function timescaleOf(file: Buffer, moov: Box[]): number {
  const mdhd = payloads(file, inside(file, inside(file, moov, 'trak'), 'mdia'), 'mdhd')[0]
  if (!mdhd) throw new Error('a track without a clock')
  return mdhd.readUInt32BE(mdhd[0] === 1 ? 20 : 12)
}

const timeOf = (tfdt: Buffer | undefined): number =>
  !tfdt ? 0 : tfdt[0] === 1 ? Number(tfdt.readBigUInt64BE(4)) : tfdt.readUInt32BE(4)

/** Optional fields of `trun`, in their order, each of four bytes. */
const TRUN = { dataOffset: 0x1, firstFlags: 0x4, duration: 0x100, size: 0x200, flags: 0x400, offset: 0x800 }

function durationOf(truns: Buffer[], tfhd: Buffer | undefined, trex: Buffer | undefined): number {
  const usual = defaultDuration(tfhd) ?? trex?.readUInt32BE(12) ?? 0
  let sum = 0
  for (const trun of truns) {
    const flags = trun.readUIntBE(1, 3)
    const count = trun.readUInt32BE(4)
    if (!(flags & TRUN.duration)) {
      sum += count * usual
      continue
    }
    const start = 8 + (flags & TRUN.dataOffset ? 4 : 0) + (flags & TRUN.firstFlags ? 4 : 0)
    const fields = [TRUN.duration, TRUN.size, TRUN.flags, TRUN.offset].filter((field) => flags & field).length
    for (let sample = 0; sample < count; sample++) sum += trun.readUInt32BE(start + sample * fields * 4)
  }
  return sum
}

/** Behind the track's id: the base offset (8 bytes) and the description (4), where they are given. */
function defaultDuration(tfhd: Buffer | undefined): number | undefined {
  const flags = tfhd?.readUIntBE(1, 3) ?? 0
  if (!(flags & 0x8)) return undefined
  return tfhd?.readUInt32BE(8 + (flags & 0x1 ? 8 : 0) + (flags & 0x2 ? 4 : 0))
}

/** Moves every fragment of a file that was written as if it began the film: `seconds` is where it does begin. */
export function shiftFragments(file: Buffer, seconds: { num: number; den: number }): void {
  const top = boxesIn(file, 0, file.length)
  const scale = timescaleOf(file, inside(file, top, 'moov'))
  const ticks = BigInt(scale) * BigInt(seconds.num)
  const offset = ticks / BigInt(seconds.den)
  for (const moof of top.filter(({ kind }) => kind === 'moof')) {
    const traf = inside(file, boxesIn(file, moof.start, moof.end), 'traf')
    for (const tfdt of payloads(file, traf, 'tfdt')) {
      if (tfdt[0] === 1) tfdt.writeBigUInt64BE(tfdt.readBigUInt64BE(4) + offset, 4)
      else tfdt.writeUInt32BE(tfdt.readUInt32BE(4) + Number(offset), 4)
    }
  }
}
