import type { PostId } from '@tintype/contract'
import { afterEach, expect, it } from 'vitest'
import { postOf } from '../../testing/things.ts'
import { postTitle } from './post-title.ts'
import { neighboursOf, setSequence } from './sequence.ts'

const id = (name: string) => name as PostId
afterEach(() => setSequence([]))

it('names a post by its author and the beginning of its caption', () => {
  const post = postOf(id('p'))
  expect(postTitle(post, 'ana')).toBe('ana on Tintype')
  expect(postTitle({ ...post, caption: ' At the\n harbour ' }, 'ana')).toBe(
    'ana on Tintype: “At the harbour”',
  )
  expect(postTitle({ ...post, caption: 'x'.repeat(90) }, 'ana')).toBe(`ana on Tintype: “${'x'.repeat(60)}…”`)
})

it('knows the neighbours of a post in the list it was opened from', () => {
  setSequence([id('a'), id('b'), id('c')])
  expect(neighboursOf(id('b'))).toEqual({ previous: 'a', next: 'c' })
  expect(neighboursOf(id('a'))).toEqual({ previous: undefined, next: 'b' })
  expect(neighboursOf(id('z'))).toEqual({ previous: undefined, next: undefined })
})
