import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib'

export interface Measured {
  /** Of the bytes before they were packed. */
  size: number
  /** Lower-case hex, of the same. */
  sha256: string
}

const LEVEL = { params: { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_checksumFlag]: 1 } }
/** The end of a log segment that was closed early is zeros: they are left as a hole. */
const BLOCK = 65_536

/** Packs a file into another one, which appears whole or not at all. Rejects with ENOENT where it went away meanwhile. */
export async function pack(from: string, to: string): Promise<Measured> {
  const part = `${to}.part`
  const { meter, measured } = measuring()
  try {
    const written = createWriteStream(part, { mode: 0o600, flush: true })
    await pipeline(createReadStream(from), meter, createZstdCompress(LEVEL), written)
    await rename(part, to)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
  return measured()
}

/** Unpacks; blocks of zeros take no room. What the file is then, for whoever knows what it must be. */
export async function unpack(from: string, to: string): Promise<Measured> {
  const { meter, measured } = measuring()
  const file = await open(to, 'w', 0o600)
  try {
    let at = 0
    const blocks = async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks)
        for (let start = 0; start < chunk.length; start += BLOCK) {
          const block = chunk.subarray(start, start + BLOCK)
          if (block.some((byte) => byte !== 0)) await file.write(block, 0, block.length, at)
          at += block.length
        }
    }
    await pipeline(createReadStream(from), createZstdDecompress(), meter, blocks)
    await file.truncate(at)
    await file.sync()
  } finally {
    await file.close()
  }
  return measured()
}

/** What a packed file holds, without writing it anywhere. */
export async function measurePacked(from: string): Promise<Measured> {
  const { meter, measured } = measuring()
  await pipeline(createReadStream(from), createZstdDecompress(), meter, async (chunks) => {
    for await (const _ of chunks);
  })
  return measured()
}

function measuring(): { meter: Transform; measured(): Measured } {
  const hash = createHash('sha256')
  let size = 0
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      size += chunk.length
      done(null, chunk)
    },
  })
  return { meter, measured: () => ({ size, sha256: hash.digest('hex') }) }
}

/** Makes names in a folder outlast a power cut. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** Writes a small file whole or not at all. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const part = `${path}.part`
  const file = await open(part, 'w', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(part, path)
  await syncFolder(dirname(path))
}
