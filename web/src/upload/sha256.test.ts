import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { hashBlob } from './sha256.ts'

describe('hashBlob', () => {
  it('equals the platform’s SHA-256, across chunks, and reports its way', async () => {
    const bytes = Uint8Array.from({ length: 5_000_003 }, (_, index) => (index * 31) % 251)
    const seen: number[] = []
    const hash = await hashBlob(new Blob([bytes]), (n) => seen.push(n))
    expect(hash).toBe(createHash('sha256').update(bytes).digest('hex'))
    expect(seen.at(-1)).toBe(bytes.length)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  })
})
