import { type FileHandle, open } from 'node:fs/promises'
import { TintypeError } from '@tintype/contract'
import type { ObjectInfo } from '../port.ts'

/**
 * An object on disk is one file: its bytes, then a trailer of fixed size with what is known of them. One rename
 * makes both visible together (a sidecar file would need two, and a crash between them would pair new bytes with an
 * old type), and one small read at the end of the file finds them. Image viewers ignore the trailer.
 */
export const TRAILER_BYTES = 128
const MAGIC = Buffer.from('TTOBJ1\r\n')
const TYPE_AT = 49
export const MAX_TYPE_BYTES = TRAILER_BYTES - TYPE_AT

export function encodeTrailer(info: { size: number; contentType: string; sha256: string }): Buffer {
  const trailer = Buffer.alloc(TRAILER_BYTES)
  MAGIC.copy(trailer, 0)
  Buffer.from(info.sha256, 'hex').copy(trailer, 8)
  trailer.writeBigUInt64BE(BigInt(info.size), 40)
  trailer.writeUInt8(Buffer.byteLength(info.contentType), 48)
  trailer.write(info.contentType, TYPE_AT)
  return trailer
}

/** Undefined for a key that was closed: its file is empty, without even a trailer. Rejects with `not_found` where it is damaged. */
export async function readInfo(file: FileHandle, key: string): Promise<ObjectInfo | undefined> {
  const { size: fileSize } = await file.stat()
  if (fileSize === 0) return undefined
  const trailer = Buffer.alloc(TRAILER_BYTES)
  const size = fileSize - TRAILER_BYTES
  if (size >= 0) await file.read(trailer, 0, TRAILER_BYTES, size)
  if (!trailer.subarray(0, 8).equals(MAGIC) || Number(trailer.readBigUInt64BE(40)) !== size)
    throw new TintypeError('not_found', { cause: new Error(`object ${key} is damaged on disk`) })
  return {
    key,
    size,
    contentType: trailer.toString('utf8', TYPE_AT, TYPE_AT + trailer.readUInt8(48)),
    sha256: trailer.toString('hex', 8, 40),
  }
}

/** Makes a rename or a removal in this folder outlast a power cut. */
export async function syncDirectory(path: string): Promise<void> {
  // Windows has no such call and refuses to open a folder; its file systems journal the names themselves.
  if (process.platform === 'win32') return
  const directory = await open(path, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}
