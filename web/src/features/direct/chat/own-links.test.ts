import { expect, it } from 'vitest'
import { linkOf } from './own-links.ts'

const here = 'https://photos.example'

it.each([
  ['look: https://photos.example/p/01a2-b3', { kind: 'post', id: '01a2-b3', address: '/p/01a2-b3' }],
  ['https://photos.example/ana.lacs', { kind: 'profile', username: 'ana.lacs', address: '/ana.lacs' }],
  [
    'https://elsewhere.example/x and https://photos.example/p/a1',
    { kind: 'post', id: 'a1', address: '/p/a1' },
  ],
])('%s has a preview', (text, link) => {
  expect(linkOf(text, here)).toEqual(link)
})

it.each([
  'https://elsewhere.example/p/a1',
  'https://photos.example.evil.test/p/a1',
  'http://photos.example/p/a1',
  'https://127.0.0.1/p/a1',
  'https://photos.example/settings/privacy',
  'nothing to see',
])('of %s nothing is asked', (text) => {
  expect(linkOf(text, here)).toBeUndefined()
})
