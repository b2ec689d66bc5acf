import { errors } from '@tintype/contract'
import type { FailureCode, LocalCode } from '../../../upload/failure.ts'

/** What a member reads when a post could not be made, and what they can do about it. */
export interface FailureWords {
  text: string
  /** `retry`: as it stands; `edit`: something in the post has to change first. */
  remedy: 'retry' | 'edit'
}

const local: Record<LocalCode, string> = {
  file_unreadable: 'A picture can no longer be read. Was it moved or deleted? Add it again, please.',
  connection_lost: 'The connection was lost for too long. Nothing is lost here: try again.',
}

/** Where the contract's own sentence speaks of a file without saying what to do with the post. */
const advice: Partial<Record<FailureCode, string>> = {
  media_animated: 'Animated pictures are not supported yet. Take it out, or add a still picture instead.',
  media_corrupt: 'A picture could not be read. Take it out, or add it again from its source.',
  media_truncated: 'A picture is incomplete: part of its file is missing. Add it again from its source.',
  media_hash_mismatch: 'A picture changed while it was being sent. Try again.',
  media_size_mismatch: 'A picture changed while it was being sent. Try again.',
  media_too_many_pixels: 'A picture has more than 100 megapixels. Take it out, or add a smaller one.',
  media_too_small: 'A picture is too small to show. Take it out, or add a larger one.',
  upload_already_used:
    'These pictures are part of a post already. Look at your profile before you try again.',
  upload_expired: 'This took too long, and the server let go of the pictures. Try again.',
  unavailable: 'Tintype did not answer. Your post is safe here: try again in a moment.',
  internal: 'Something went wrong on the server’s side. Your post is safe here: try again.',
  validation_failed: 'The server did not take this post as it is. Look through it and try again.',
}

const worthRetrying: ReadonlySet<FailureCode> = new Set([
  'connection_lost',
  'unavailable',
  'internal',
  'rate_limited',
  'quota_exceeded',
  'conflict',
  'idempotency_mismatch',
  'unauthorized',
  'token_expired',
  'csrf_failed',
  'upload_expired',
  'upload_not_found',
  'upload_incomplete',
  'media_hash_mismatch',
  'media_size_mismatch',
  'signature_invalid',
  'signature_expired',
])

export function failureWords(code: FailureCode): FailureWords {
  const text =
    advice[code] ?? (code in local ? local[code as LocalCode] : errors[code as keyof typeof errors].message)
  return { text, remedy: worthRetrying.has(code) ? 'retry' : 'edit' }
}
