import type { Size } from '../../editor/crop/crop.ts'

interface Box {
  type: string
  /** Of the content. */
  start: number
  end: number
}

/**
 * The size a HEIC or AVIF picture is shown at, from its header (ISO/IEC 23008-12): browsers that cannot decode one do not
 * tell its size either, and without it there is no cropping by shape. Undefined where the header says nothing usable.
 */
export async function heifSize(file: Blob): Promise<Size | undefined> {
  try {
    const meta = await findMeta(file)
    return meta && readSize(meta)
  } catch (error) {
    if (error instanceof RangeError) return undefined // cut off, or not what it seems
    throw error
  }
}

/** Headers of hundreds of tiles take a tenth of this. */
const LARGEST_META = 1024 * 1024
/** Phones write `meta` second, some third, behind the pictures. */
const MOST_BOXES = 16

/** Steps from box to box, so that only the header is read wherever it stands. */
async function findMeta(file: Blob): Promise<DataView | undefined> {
  for (let at = 0, count = 0; at + 8 <= file.size && count < MOST_BOXES; count++) {
    const head = new DataView(await file.slice(at, at + 16).arrayBuffer())
    const [box] = boxes(head, 0, Number.POSITIVE_INFINITY)
    if (!box) return undefined
    const end = Math.min(file.size - at, box.end)
    if (box.type === 'meta' && end <= LARGEST_META)
      return new DataView(await file.slice(at + box.start, at + end).arrayBuffer())
    at += end
  }
  return undefined
}

function readSize(meta: DataView): Size | undefined {
  // `meta` is a full box: four bytes of version and flags come first.
  const inside = (type: string) => find(meta, 4, meta.byteLength, type)
  const [pitm, iprp] = [inside('pitm'), inside('iprp')]
  if (!pitm || !iprp) return undefined
  const isShort = meta.getUint8(pitm.start) === 0
  const primary = isShort ? meta.getUint16(pitm.start + 4) : meta.getUint32(pitm.start + 4)
  const ipco = find(meta, iprp.start, iprp.end, 'ipco')
  const ipma = find(meta, iprp.start, iprp.end, 'ipma')
  if (!ipco || !ipma) return undefined
  const properties = [...boxes(meta, ipco.start, ipco.end)]
  return sizeFrom(
    meta,
    propertiesOf(meta, ipma, primary).flatMap((index) => properties[index - 1] ?? []),
  )
}

/** Encoded extent, then what is to be shown of it, then how it is turned: each property in the order it is listed. */
function sizeFrom(view: DataView, properties: readonly Box[]): Size | undefined {
  let size: Size | undefined
  for (const { type, start } of properties) {
    if (type === 'ispe') size = { width: view.getUint32(start + 4), height: view.getUint32(start + 8) }
    else if (type === 'clap')
      size = {
        width: Math.round(view.getUint32(start) / view.getUint32(start + 4)),
        height: Math.round(view.getUint32(start + 8) / view.getUint32(start + 12)),
      }
    else if (type === 'irot' && size && view.getUint8(start) % 2 === 1)
      size = { width: size.height, height: size.width }
  }
  return size && size.width > 0 && size.height > 0 && Number.isFinite(size.width * size.height)
    ? size
    : undefined
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
