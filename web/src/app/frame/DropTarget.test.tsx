import { fireEvent, render, renderHook } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { closeComposer, useComposerRequest } from '../../shell/composer-slot.ts'
import { DropTarget } from './DropTarget.tsx'

afterEach(closeComposer)

const text = new File(['x'], 'notes.txt', { type: 'text/plain' })
const named = () => renderHook(useComposerRequest).result.current?.files.map(({ name }) => name) ?? []

function drop(...files: File[]): string[] {
  render(<DropTarget />)
  fireEvent.drop(document, { dataTransfer: { types: ['Files'], files } })
  return named()
}
function paste(...files: File[]): string[] {
  render(<DropTarget />)
  fireEvent.paste(document, { clipboardData: { files } })
  return named()
}

describe('what is dropped anywhere', () => {
  it('opens the composer, whatever it is called: there its bytes are looked at, and what stays out is named', () => {
    const picture = new File(['x'], 'a.jpg', { type: 'image/jpeg' })
    expect(drop(text, picture, new File(['x'], 'c.pic'))).toEqual(['notes.txt', 'a.jpg', 'c.pic'])
  })
})

describe('what is pasted anywhere', () => {
  it('opens the composer where it may be a picture', () => {
    const picture = new File(['x'], 'image.png', { type: 'image/png' })
    expect(paste(text, picture, new File(['x'], 'IMG_1.HEIC'))).toEqual(['image.png', 'IMG_1.HEIC'])
  })

  it('is left alone where it is none', () => {
    expect(paste(text)).toEqual([])
  })
})
