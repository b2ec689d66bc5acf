import { createHash } from 'node:crypto'
import type { Photo } from '../photo.ts'

/** A file as a client would announce it. */
export const announce = (bytes: Buffer, content_type: string): Photo => ({
  bytes,
  content_type,
  size: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
})
