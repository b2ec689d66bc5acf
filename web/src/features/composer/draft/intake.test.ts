import { limits } from '@tintype/contract'
import { describe, expect, it } from 'vitest'
import { takeIn, typeOf } from './intake.ts'

const fileOf = (name: string, type: string, size = 10) => {
  const file = new File(['0123456789'.slice(0, Math.min(size, 10))], name, { type })
  return Object.defineProperty(file, 'size', { value: size })
}

describe('takeIn', () => {
  it('takes every kind of picture the server takes', () => {
    const files = [
      fileOf('a.jpg', 'image/jpeg'),
      fileOf('b.PNG', 'image/png'),
      fileOf('c.heic', ''),
      fileOf('d.HEIF', 'application/octet-stream'),
      fileOf('e.avif', 'image/avif'),
    ]
    const { accepted, refused } = takeIn(files, 10)
    expect(accepted.map(({ type }) => type)).toEqual([
      'image/jpeg',
      'image/png',
      'image/heic',
      'image/heif',
      'image/avif',
    ])
    expect(refused).toEqual([])
  })

  it('says of each refused file why', () => {
    const { accepted, refused } = takeIn(
      [
        fileOf('notes.pdf', 'application/pdf'),
        fileOf('drawing.svg', 'image/svg+xml'),
        fileOf('clip.mov', 'video/quicktime'),
        fileOf('empty.jpg', 'image/jpeg', 0),
        fileOf('huge.png', 'image/png', limits.photoBytes + 5 * 1024 * 1024),
      ],
      10,
    )
    expect(accepted).toEqual([])
    expect(refused.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
      'notes.pdf: Tintype takes JPEG, PNG, WebP, AVIF, GIF and HEIC pictures.',
      'drawing.svg: Tintype takes JPEG, PNG, WebP, AVIF, GIF and HEIC pictures.',
      'clip.mov: Videos cannot be posted yet, only pictures.',
      'empty.jpg: This file is empty.',
      'huge.png: This picture has 35 MB; up to 30 MB can be taken.',
    ])
  })

  it('takes the first that fit and names the others', () => {
    const files = [1, 2, 3].map((n) => fileOf(`${n}.jpg`, 'image/jpeg'))
    const { accepted, refused } = takeIn(files, 2)
    expect(accepted.map(({ file }) => file.name)).toEqual(['1.jpg', '2.jpg'])
    expect(refused).toEqual([{ name: '3.jpg', reason: 'A post holds up to 10 pictures.' }])
  })
})

describe('typeOf', () => {
  it('believes the system before the name', () => {
    expect(typeOf({ name: 'a.jpg', type: 'text/html' })).toBeUndefined()
    expect(typeOf({ name: 'a', type: 'image/jpg' })).toBe('image/jpeg')
    expect(typeOf({ name: 'a', type: '' })).toBeUndefined()
  })
})
