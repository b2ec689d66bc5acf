import { errors } from '@tintype/contract'
import type { FailureCode, LocalCode } from '../../upload/failure.ts'

/** What a member reads when a post could not be made, and what they can do about it. */
export interface FailureWords {
  text: string
  /** `retry`: as it stands; `edit`: something in the post has to change first. */
  remedy: 'retry' | 'edit'
}

const localWords: Record<LocalCode, string> = {
  file_unreadable: '{picture} can no longer be read. Was it moved or deleted? Add it again, please.',
  connection_lost: 'The connection was lost for too long. Nothing is lost here: try again.',
}

/** Where the contract's own sentence does not say what to do with the post. `{picture}` is the one it is about. */
const advice: Partial<Record<FailureCode, string>> = {
  media_animated: '{picture} moves, which cannot be used here. Take it out, or add a still one instead.',
  media_too_long: '{picture} is longer than may be posted here. Cut it, or take it out.',
  media_no_picture: '{picture} has sound but no picture. Take it out, or add another one.',
  media_corrupt: '{picture} could not be read. Take it out, or add it again from its source.',
  media_truncated: '{picture} is incomplete: part of its file is missing. Add it again from its source.',
  media_hash_mismatch: '{picture} changed while it was being sent. Try again.',
  media_size_mismatch: '{picture} changed while it was being sent. Try again.',
  media_too_many_pixels: '{picture} has more than 100 megapixels. Take it out, or add a smaller one.',
  media_too_small: '{picture} is too small to show. Take it out, or add a larger one.',
  media_too_large: '{picture} is too large to be posted. Take it out, or add a smaller one.',
  media_type_mismatch:
    '{picture} is not the kind of file its name says. Take it out, or add it again from its source.',
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

/** `picture`: what the picture it is about is called, such as "Picture 2". */
export function failureWords(code: FailureCode, picture = 'A picture'): FailureWords {
  const text = advice[code] ?? (isLocal(code) ? localWords[code] : errors[code].message)
  return { text: text.replace('{picture}', picture), remedy: worthRetrying.has(code) ? 'retry' : 'edit' }
}

const isLocal = (code: FailureCode): code is LocalCode => code in localWords
