import { createReadStream, createWriteStream } from 'node:fs'
import { stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, createDeflateRaw } from 'node:zlib'
import type { ZipEntry } from './zip-writer.ts'

/** An entry with what opens its bytes, as they stand in the archive. */
export interface Packed extends AsyncDisposable {
  entry: ZipEntry
  open(): Promise<Readable>
}

/** Packs a text that is made as it goes, however long, by way of a file in this folder. */
export async function packText(
  folder: string,
  { name, modified }: { name: string; modified: number },
  text: AsyncIterable<string>,
): Promise<Packed> {
  const path = join(folder, `${name.replaceAll(/[^\w.-]/g, '_')}.deflated`)
  let [crc, rawSize] = [0, 0]
  await pipeline(
    async function* () {
      for await (const part of text) {
        const bytes = Buffer.from(part)
        crc = crc32(bytes, crc)
        rawSize += bytes.length
        yield bytes
      }
    },
    createDeflateRaw(),
    createWriteStream(path),
  )
  const { size } = await stat(path)
  return {
    entry: { name, method: 'deflated', crc32: crc, size, rawSize, modified },
    open: async () => createReadStream(path),
    [Symbol.asyncDispose]: () => unlink(path),
  }
}

/** A file as it is. Read twice: what is said before its bytes has to be known. */
export async function packObject(
  { name, modified }: { name: string; modified: number },
  open: () => Promise<Readable>,
): Promise<Packed> {
  let [crc, size] = [0, 0]
  for await (const chunk of await open()) {
    crc = crc32(chunk as Buffer, crc)
    size += (chunk as Buffer).length
  }
  const entry = { name, method: 'stored', crc32: crc, size, rawSize: size, modified } as const
  return { entry, open, [Symbol.asyncDispose]: async () => {} }
}
