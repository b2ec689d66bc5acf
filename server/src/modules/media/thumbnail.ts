import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ByteSource } from './imaging/byte-source.ts'
import type { Imaging } from './imaging/pool.ts'
import { checkPhoto, sniff } from './imaging/sniff.ts'

/**
 * The middle of a picture that is nobody's upload, `edge` pixels wide and high, as WebP. Rejects with a `media_*` error where it is none,
 * with DecoderCrash where it ends its decoder.
 */
export const smallPictures =
  (imaging: Imaging, temporaryFolder: string) =>
  async (bytes: Buffer, edge: number): Promise<Buffer> => {
    const found = await sniff(ByteSource.of(bytes))
    checkPhoto(found)
    const path = join(temporaryFolder, randomUUID())
    try {
      await writeFile(path, bytes)
      const make = { width: edge, height: edge, content_type: 'image/webp' as const }
      const pixels = found.width * found.height
      const task = { path, type: found.type, pixels, edit: {}, purpose: 'avatar' as const, make }
      const [rendition] = (await imaging.run(task)).renditions
      if (!rendition) throw new Error('no rendition')
      return rendition.bytes
    } finally {
      await rm(path, { force: true })
    }
  }
