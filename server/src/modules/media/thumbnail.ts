import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ByteSource } from './imaging/byte-source.ts'
import type { Imaging } from './imaging/pool.ts'
import type { Processed } from './imaging/process.ts'
import { checkPhoto, sniff } from './imaging/sniff.ts'

/** Pixels of an edge: a hash is made of no more. */
const HASHED = 256

/** What becomes of a picture that is nobody's upload. */
export interface SmallPictures {
  /** Its middle, `edge` pixels wide and high, as WebP. Rejects with a `media_*` error where it is none, with DecoderCrash where it ends its decoder. */
  middle(bytes: Buffer, edge: number): Promise<Buffer>
  /** What it looks like as it is; undefined where there is too little to tell it by. */
  hash(bytes: Buffer): Promise<string | undefined>
}

export function smallPictures(imaging: Imaging, temporaryFolder: string): SmallPictures {
  const process = async (bytes: Buffer, purpose: 'avatar' | 'post', edge: number): Promise<Processed> => {
    const found = await sniff(ByteSource.of(bytes))
    checkPhoto(found)
    const path = join(temporaryFolder, randomUUID())
    try {
      await writeFile(path, bytes)
      const make = { width: edge, height: edge, content_type: 'image/webp' as const }
      const pixels = found.width * found.height
      return await imaging.run({ path, type: found.type, pixels, edit: {}, purpose, make })
    } finally {
      await rm(path, { force: true })
    }
  }
  return {
    async middle(bytes, edge) {
      const [rendition] = (await process(bytes, 'avatar', edge)).renditions
      if (!rendition) throw new Error('no rendition')
      return rendition.bytes
    },
    hash: async (bytes) => (await process(bytes, 'post', HASHED)).hashes[0],
  }
}
