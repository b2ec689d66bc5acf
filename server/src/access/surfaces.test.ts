import type { SensitiveLevel, UserId } from '@tintype/contract'
import { expect, test } from 'vitest'
import { hasFilteredWord } from '../text/word-filter.ts'
import { leavesOut, type Surface, seesAtOnce, type Tastes } from './surfaces.ts'
import { strangerOf, VISITOR } from './visibility.ts'

const [ana, ben] = ['ana' as UserId, 'ben' as UserId]
const viewer = (tastes: Tastes = {}, id: UserId | null = ben) => ({ ...strangerOf(id), ...tastes })
const post = (fields: { sensitive?: boolean; caption?: string } = {}) => ({
  author_id: ana,
  sensitive: fields.sensitive ?? false,
  says: (words: readonly string[]) => hasFilteredWord(fields.caption ?? '', words),
})
const surfaces = [undefined, 'home', 'found', 'explore'] as const
const where = (who: ReturnType<typeof viewer>, what: ReturnType<typeof post>): (Surface | undefined)[] =>
  surfaces.filter((surface) => leavesOut(who, what, surface, what.says))

test.each<[SensitiveLevel | undefined, (Surface | undefined)[]]>([
  [undefined, []],
  ['more', []],
  ['standard', []],
  ['less', ['found', 'explore']],
])('sensitive posts at level %s', (sensitive, expected) => {
  expect(where(viewer(sensitive && { sensitive }), post({ sensitive: true }))).toEqual(expected)
  expect(where(viewer(sensitive && { sensitive }), post())).toEqual([])
})

test('visitors find them behind a cover, and never in explore', () => {
  expect(where(VISITOR, post({ sensitive: true }))).toEqual(['explore'])
})

test('posts with a muted word come up nowhere by themselves, and stay where one goes', () => {
  const who = viewer({ mutedWords: ['Spider', 'very long'] })
  expect(where(who, post({ caption: 'A SPÍDER!' }))).toEqual(['home', 'found', 'explore'])
  expect(where(who, post({ caption: 'It was very  long' }))).toEqual(['home', 'found', 'explore'])
  expect(where(who, post({ caption: 'Spiderweb' }))).toEqual([])
})

test('of one’s own nothing is left out, and its words are not even looked at', () => {
  const own = {
    ...post({ sensitive: true }),
    says: () => {
      throw new Error('read')
    },
  }
  expect(where(viewer({ sensitive: 'less', mutedWords: ['x'] }, ana), own)).toEqual([])
  expect(leavesOut(viewer(), own, 'home', own.says)).toBe(false)
})

test('at once they are seen by their author and by who wants more', () => {
  const seen = (tastes: Tastes, id: UserId | null = ben) => seesAtOnce(viewer(tastes, id), ana)
  expect([
    seen({ sensitive: 'more' }),
    seen({ sensitive: 'standard' }),
    seen({}, null),
    seen({}, ana),
  ]).toEqual([true, false, false, true])
})
