import type { UploadId } from '@tintype/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { advance, fractionOf, fractionOfAll, newTransfer, type TransferFact } from './transfer.ts'

const uploadId = 'upload-1' as UploadId
const steps: TransferFact[] = [
  { type: 'hashed', bytes: 100 },
  { type: 'announcing' },
  { type: 'announced', uploadId },
  { type: 'sent', bytes: 60 },
  { type: 'arrived' },
]

const aFact: fc.Arbitrary<TransferFact> = fc.oneof(
  fc.constantFrom<TransferFact>(
    { type: 'announcing' },
    { type: 'announced', uploadId },
    { type: 'arrived' },
    { type: 'began' },
    { type: 'paused', pause: 'offline' },
    { type: 'paused', pause: null },
    { type: 'failed', code: 'media_corrupt' },
  ),
  fc.integer({ min: -10, max: 300 }).map((bytes): TransferFact => ({ type: 'hashed', bytes })),
  fc.integer({ min: -10, max: 300 }).map((bytes): TransferFact => ({ type: 'sent', bytes })),
)

describe('a transfer', () => {
  it('goes its way, and its fraction only grows', () => {
    let transfer = newTransfer(100)
    let before = 0
    for (const step of steps) {
      transfer = advance(transfer, step)
      expect(fractionOf(transfer)).toBeGreaterThanOrEqual(before)
      before = fractionOf(transfer)
    }
    expect(transfer).toMatchObject({ phase: 'arrived', uploadId, sent: 100 })
    expect(before).toBe(1)
  })

  it('once ended, changes only by beginning again', () => {
    const failed = advance(newTransfer(100), { type: 'failed', code: 'media_corrupt' })
    expect(advance(failed, { type: 'sent', bytes: 50 })).toBe(failed)
    expect(advance(failed, { type: 'arrived' })).toBe(failed)
    expect(advance(failed, { type: 'began' }).phase).toBe('hashing')
  })

  it('keeps its numbers within the file whatever it is told', () => {
    fc.assert(
      fc.property(fc.array(aFact), fc.integer({ min: 0, max: 200 }), (facts, size) => {
        const transfer = facts.reduce(advance, newTransfer(size))
        expect(fractionOf(transfer)).toBeGreaterThanOrEqual(0)
        expect(fractionOf(transfer)).toBeLessThanOrEqual(1)
        if (transfer.phase === 'failed') expect(transfer.failure).not.toBeNull()
      }),
    )
  })

  it('weighs files by their size', () => {
    const small = advance(newTransfer(100), { type: 'arrived' })
    expect(fractionOfAll([small, newTransfer(900)])).toBeCloseTo(0.1)
    expect(fractionOfAll([])).toBe(0)
  })
})
