import { errors } from '@tintype/contract'
import { describe, expect, it } from 'vitest'
import type { FailureCode } from '../../upload/failure.ts'
import { failureWords } from './failure-words.ts'

describe('failureWords', () => {
  it('has a sentence for every code there is', () => {
    for (const code of [...Object.keys(errors), 'file_unreadable', 'connection_lost'] as FailureCode[]) {
      const { text } = failureWords(code)
      expect(text).toMatch(/^[A-Z].*[.?]$/)
      expect(text).not.toMatch(/[_{]/)
    }
  })

  it('names the picture it is about, where that is known', () => {
    expect(failureWords('media_corrupt', 'Picture 2').text).toMatch(/^Picture 2 could not be read/)
  })

  it('offers another try where that can help, and editing where it cannot', () => {
    expect(failureWords('connection_lost').remedy).toBe('retry')
    expect(failureWords('media_corrupt').remedy).toBe('edit')
    expect(failureWords('too_many_tags').remedy).toBe('edit')
  })
})
