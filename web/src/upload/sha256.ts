import { sha256 } from '@noble/hashes/sha2.js'

const CHUNK = 2 * 1024 * 1024

/**
 * SHA-256 of a blob, lower-case hex, read in chunks so that memory stays flat whatever the size. Not crypto.subtle:
 * it wants all bytes at once, and does not exist on plain http, where a Tintype in a home network often lives.
 */
export async function hashBlob(blob: Blob, onProgress: (bytes: number) => void = () => {}): Promise<string> {
  const hash = sha256.create()
  for (let start = 0; start < blob.size; start += CHUNK) {
    const chunk = await blob.slice(start, start + CHUNK).arrayBuffer()
    hash.update(new Uint8Array(chunk))
    onProgress(Math.min(blob.size, start + CHUNK))
  }
  return Array.from(hash.digest(), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
