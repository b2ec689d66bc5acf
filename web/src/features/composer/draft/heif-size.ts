import type { Size } from './crop.ts'

/**
 * The oriented size of a HEIC or AVIF picture, from its header (ISO/IEC 23008-12): browsers that cannot decode one do not
 * tell its size either, and without it there is no cropping by shape. Undefined where the header says nothing usable.
 */
export function heifSize(head: ArrayBuffer): Size | undefined {
  try {
    return readSize(new DataView(head))
  } catch (error) {
    if (error instanceof RangeError) return undefined // cut off, or not what it seems
    throw error
  }
}

/** So much of a file holds the header in practice; pictures with very many tiles need the most. */
export const HEIF_HEAD_BYTES = 256 * 1024

interface Box {
  type: string
  /** Of the content. */
  start: number
  end: number
}

function readSize(view: DataView): Size | undefined {
  const meta = find(view, 0, view.byteLength, 'meta')
  if (!meta) return undefined
  // `meta` is a full box: four bytes of version and flags come first.
  const inside = (type: string) => find(view, meta.start + 4, meta.end, type)
  const [pitm, iprp] = [inside('pitm'), inside('iprp')]
  if (!pitm || !iprp) return undefined
  const primary =
    view.getUint8(pitm.start) === 0 ? view.getUint16(pitm.start + 4) : view.getUint32(pitm.start + 4)
  const ipco = find(view, iprp.start, iprp.end, 'ipco')
  const ipma = find(view, iprp.start, iprp.end, 'ipma')
  if (!ipco || !ipma) return undefined
  const properties = [...boxes(view, ipco.start, ipco.end)]
  return sizeFrom(
    view,
    propertiesOf(view, ipma, primary).flatMap((index) => properties[index - 1] ?? []),
  )
}

function sizeFrom(view: DataView, properties: readonly Box[]): Size | undefined {
  const extent = properties.find(({ type }) => type === 'ispe')
  if (!extent) return undefined
  const size = { width: view.getUint32(extent.start + 4), height: view.getUint32(extent.start + 8) }
  const rotation = properties.find(({ type }) => type === 'irot')
  const quarterTurns = rotation ? view.getUint8(rotation.start) & 3 : 0
  if (size.width === 0 || size.height === 0) return undefined
  return quarterTurns % 2 === 1 ? { width: size.height, height: size.width } : size
}

/** The 1-based places, in the property container, of one item's properties. */
function propertiesOf(view: DataView, ipma: Box, item: number): number[] {
  const version = view.getUint8(ipma.start)
  const isWide = (view.getUint8(ipma.start + 3) & 1) === 1
  const count = view.getUint32(ipma.start + 4)
  let at = ipma.start + 8
  for (let entry = 0; entry < count && at < ipma.end; entry++) {
    const id = version === 0 ? view.getUint16(at) : view.getUint32(at)
    at += version === 0 ? 2 : 4
    const associations = view.getUint8(at++)
    const width = isWide ? 2 : 1
    if (id === item)
      return Array.from({ length: associations }, (_, index) =>
        isWide ? view.getUint16(at + index * 2) & 0x7fff : view.getUint8(at + index) & 0x7f,
      )
    at += associations * width
  }
  return []
}

function* boxes(view: DataView, start: number, end: number): Generator<Box> {
  for (let at = start; at + 8 <= end; ) {
    const short = view.getUint32(at)
    const type = String.fromCharCode(...[4, 5, 6, 7].map((offset) => view.getUint8(at + offset)))
    const header = short === 1 ? 16 : 8
    const length = short === 1 ? Number(view.getBigUint64(at + 8)) : short === 0 ? end - at : short
    if (length < header) return
    yield { type, start: at + header, end: Math.min(end, at + length) }
    at += length
  }
}

function find(view: DataView, start: number, end: number, type: string): Box | undefined {
  for (const box of boxes(view, start, end)) if (box.type === type) return box
  return undefined
}
