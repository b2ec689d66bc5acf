import { crc32 } from 'node:zlib'
import { Reader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js'
import { expect, test } from 'vitest'
import { directoryEnd, directoryRecord, localHeader, type PlacedEntry } from './zip-writer.ts'

const GB = 1024 ** 3

/** An archive of which most is zeros that nobody keeps: written parts, by where they stand. */
class Sparse extends Reader<readonly [number, Buffer][]> {
  readonly #parts: readonly [number, Buffer][]
  constructor(parts: readonly [number, Buffer][], size: number) {
    super(parts)
    this.#parts = parts
    this.size = size
  }
  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    const found = new Uint8Array(length)
    for (const [at, bytes] of this.#parts) {
      const [from, to] = [Math.max(index, at), Math.min(index + length, at + bytes.length)]
      if (from < to) found.set(bytes.subarray(from - at, to - at), from - index)
    }
    return found
  }
}

const entryOf = (name: string, size: number, bytes?: Buffer) => ({
  name,
  method: 'stored' as const,
  crc32: bytes ? crc32(bytes) : 0,
  size,
  rawSize: size,
  modified: Date.UTC(2026, 0, 2, 3, 4, 6),
})

test('an archive of 20 GB with a film of 5 GB is read as it was written', async () => {
  const note = Buffer.from('the last one')
  const entries = [
    entryOf('a.mp4', 5 * GB),
    entryOf('b.mp4', 15 * GB),
    entryOf('ç/note.txt', note.length, note),
  ]
  const parts: [number, Buffer][] = []
  const placed: PlacedEntry[] = []
  let at = 0
  for (const entry of entries) {
    const header = localHeader(entry)
    placed.push({ ...entry, offset: at })
    parts.push([at, header])
    at += header.length
    if (entry.size === note.length) parts.push([at, note])
    at += entry.size
  }
  const records = Buffer.concat(placed.map(directoryRecord))
  const end = directoryEnd({ count: placed.length, size: records.length, at })
  parts.push([at, Buffer.concat([records, end])])
  const reader = new ZipReader(new Sparse(parts, at + records.length + end.length), { checkSignature: true })
  const found = await reader.getEntries()
  expect(
    found.map(({ filename, uncompressedSize, lastModDate }) => [
      filename,
      uncompressedSize,
      lastModDate.getSeconds(),
    ]),
  ).toEqual(entries.map(({ name, size }) => [name, size, 6]))
  const last = found.at(-1)
  if (!last || last.directory) throw new Error('no note')
  expect(Buffer.from(await last.getData(new Uint8ArrayWriter()))).toEqual(note)
})

test('70 000 files are all in the directory', async () => {
  const parts: Buffer[] = []
  const placed: PlacedEntry[] = []
  let at = 0
  for (let n = 0; n < 70_000; n++) {
    const entry = entryOf(`${n}.txt`, 0, Buffer.alloc(0))
    placed.push({ ...entry, offset: at })
    const header = localHeader(entry)
    parts.push(header)
    at += header.length
  }
  const records = Buffer.concat(placed.map(directoryRecord))
  const whole = Buffer.concat([
    ...parts,
    records,
    directoryEnd({ count: placed.length, size: records.length, at }),
  ])
  const reader = new ZipReader(new Sparse([[0, whole]], whole.length))
  expect(await reader.getEntries()).toHaveLength(70_000)
})
