import { fireEvent, render, renderHook } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { closeComposer, useComposerRequest } from '../../app/composer-slot.ts'
import { DropTarget } from './DropTarget.tsx'

afterEach(closeComposer)

function drop(...files: File[]): string[] {
  render(<DropTarget />)
  const { result } = renderHook(useComposerRequest)
  fireEvent.drop(document, { dataTransfer: { types: ['Files'], files } })
  return result.current?.files.map(({ name }) => name) ?? []
}

describe('what is dropped anywhere', () => {
  it('opens the composer with its pictures', () => {
    const picture = new File(['x'], 'a.jpg', { type: 'image/jpeg' })
    expect(drop(new File(['x'], 'notes.txt', { type: 'text/plain' }), picture)).toEqual(['a.jpg'])
  })

  it('is a picture by its ending where the system knows no type for it', () => {
    expect(drop(new File(['x'], 'IMG_1.HEIC'), new File(['x'], 'b.heif'), new File(['x'], 'c'))).toEqual([
      'IMG_1.HEIC',
      'b.heif',
    ])
  })

  it('is left alone where no picture is in it', () => {
    expect(drop(new File(['x'], 'notes.txt', { type: 'text/plain' }))).toEqual([])
  })
})
