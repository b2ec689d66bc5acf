/** One box of an ISO base media file (HEIF, AVIF, MP4): `start` and `end` bound its payload. */
export interface Box {
  kind: string
  start: number
  end: number
}

/** The boxes in `bytes` from `start` to `end`; stops at the first that does not fit. */
export function boxesIn(bytes: Buffer, start: number, end: number): Box[] {
  const boxes: Box[] = []
  for (let at = start; at + 8 <= end && boxes.length < 10_000; ) {
    const size = bytes.readUInt32BE(at)
    const boxEnd = size === 0 ? end : at + size
    if ((size !== 0 && size < 8) || boxEnd > end) break
    boxes.push({ kind: bytes.toString('latin1', at + 4, at + 8), start: at + 8, end: boxEnd })
    at = boxEnd
  }
  return boxes
}

export interface HeifPicture {
  /** The largest extent any item declares, a grid's included: what a decoder may be made to allocate. */
  width: number
  height: number
  /** Colour of the primary picture: an ICC profile, or the numbers of its primaries and transfer function (ITU-T H.273). */
  icc: Buffer | undefined
  primaries: number | undefined
  transfer: number | undefined
}

/** Reads the payload of a `meta` box: what the primary picture is. */
export function readMeta(meta: Buffer): HeifPicture | undefined {
  const children = boxesIn(meta, 4, meta.length)
  const within = (boxes: Box[], kind: string) => {
    const box = boxes.find((candidate) => candidate.kind === kind)
    return box && { box, children: boxesIn(meta, box.start, box.end) }
  }
  const iprp = within(children, 'iprp')
  const properties = iprp && within(iprp.children, 'ipco')?.children
  if (!properties) return undefined
  const sizes = properties
    .filter((box) => box.kind === 'ispe' && box.end - box.start >= 12)
    .map((box) => [meta.readUInt32BE(box.start + 4), meta.readUInt32BE(box.start + 8)] as const)
  if (sizes.length === 0) return undefined
  const largest = sizes.reduce((a, b) => (b[0] * b[1] > a[0] * a[1] ? b : a))
  const ipma = within(iprp.children, 'ipma')?.box
  const own = new Set(ipma ? associations(meta, ipma, primaryItem(meta, within(children, 'pitm')?.box)) : [])
  const colours = properties.filter((box, index) => box.kind === 'colr' && own.has(index + 1))
  return { width: largest[0], height: largest[1], ...colourOf(meta, colours) }
}

function colourOf(meta: Buffer, colours: Box[]): Pick<HeifPicture, 'icc' | 'primaries' | 'transfer'> {
  const ofKind = (kinds: string[]) =>
    colours.find((box) => kinds.includes(meta.toString('latin1', box.start, box.start + 4)))
  const profile = ofKind(['prof', 'rICC'])
  const nclx = ofKind(['nclx'])
  return {
    icc: profile && Buffer.from(meta.subarray(profile.start + 4, profile.end)),
    primaries: nclx && meta.readUInt16BE(nclx.start + 4),
    transfer: nclx && meta.readUInt16BE(nclx.start + 6),
  }
}

function primaryItem(meta: Buffer, pitm: Box | undefined): number {
  if (!pitm) return 0
  return meta[pitm.start] === 0 ? meta.readUInt16BE(pitm.start + 4) : meta.readUInt32BE(pitm.start + 4)
}

/** The numbers (from 1) of an item's properties. */
function associations(meta: Buffer, ipma: Box, item: number): number[] {
  const wideIds = (meta[ipma.start] ?? 0) > 0
  const wideIndexes = ((meta[ipma.start + 3] ?? 0) & 1) === 1
  const count = meta.readUInt32BE(ipma.start + 4)
  let at = ipma.start + 8
  for (let entry = 0; entry < count && at + 5 <= ipma.end; entry++) {
    const id = wideIds ? meta.readUInt32BE(at) : meta.readUInt16BE(at)
    at += wideIds ? 4 : 2
    const indexes: number[] = []
    const links = meta[at++] ?? 0
    for (let link = 0; link < links && at + (wideIndexes ? 2 : 1) <= ipma.end; link++) {
      indexes.push(wideIndexes ? meta.readUInt16BE(at) & 0x7fff : (meta[at] ?? 0) & 0x7f)
      at += wideIndexes ? 2 : 1
    }
    if (id === item) return indexes
  }
  return []
}
