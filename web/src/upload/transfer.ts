import type { UploadId } from '@tintype/contract'
import type { FailureCode } from './failure.ts'
import type { Pause } from './retry.ts'

/**
 * One file on its way:
 *
 *   hashing -> announcing -> sending -> arrived
 *      ^            |           |          |
 *      +-- begin ---+-- failed <+          (begin again, where the upload has expired)
 *
 * `pause` says why nothing moves within a phase. Facts that come late (progress of a file that has failed or was
 * given up meanwhile) change nothing.
 */
export interface Transfer {
  phase: 'hashing' | 'announcing' | 'sending' | 'arrived' | 'failed'
  pause: Pause | null
  /** Bytes: of the file, read for its hash, sent. */
  size: number
  hashed: number
  sent: number
  uploadId: UploadId | null
  failure: FailureCode | null
}

export type TransferFact =
  | { type: 'began' }
  | { type: 'hashed'; bytes: number }
  | { type: 'announcing' }
  | { type: 'announced'; uploadId: UploadId }
  | { type: 'sent'; bytes: number }
  | { type: 'paused'; pause: Pause | null }
  | { type: 'arrived' }
  | { type: 'failed'; code: FailureCode }

export const newTransfer = (size: number): Transfer => ({
  phase: 'hashing',
  pause: null,
  size,
  hashed: 0,
  sent: 0,
  uploadId: null,
  failure: null,
})

export function advance(transfer: Transfer, fact: TransferFact): Transfer {
  if (fact.type === 'began') return newTransfer(transfer.size)
  if (transfer.phase === 'failed' || transfer.phase === 'arrived') return transfer
  switch (fact.type) {
    case 'hashed':
      return transfer.phase === 'hashing' ? { ...transfer, hashed: cap(fact.bytes, transfer) } : transfer
    case 'announcing':
      return { ...transfer, phase: 'announcing', hashed: transfer.size }
    case 'announced':
      return { ...transfer, phase: 'sending', uploadId: fact.uploadId, sent: 0 }
    case 'sent':
      return transfer.phase === 'sending' ? { ...transfer, sent: cap(fact.bytes, transfer) } : transfer
    case 'paused':
      return { ...transfer, pause: fact.pause }
    case 'arrived':
      return { ...transfer, phase: 'arrived', pause: null, sent: transfer.size }
    case 'failed':
      return { ...transfer, phase: 'failed', pause: null, failure: fact.code }
  }
}

/** A file's reading for its hash is so much of its whole way; the rest is sending. */
const HASH_SHARE = 0.04

/** 0…1 of one file's way. */
export function fractionOf({ phase, size, hashed, sent }: Transfer): number {
  if (phase === 'arrived') return 1
  if (size === 0) return 0
  return (HASH_SHARE * hashed + (1 - HASH_SHARE) * sent) / size
}

/** 0…1 of several files' way, by bytes. */
export function fractionOfAll(transfers: readonly Transfer[]): number {
  const total = transfers.reduce((sum, { size }) => sum + size, 0)
  if (total === 0) return 0
  return transfers.reduce((sum, transfer) => sum + fractionOf(transfer) * transfer.size, 0) / total
}

const cap = (bytes: number, { size }: Transfer) => Math.min(Math.max(bytes, 0), size)
