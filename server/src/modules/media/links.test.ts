import type { MediaId } from '@tintype/contract'
import { describe, expect, it } from 'vitest'
import { FakeClock } from '../../kit/clock.ts'
import { MediaLinks } from './links.ts'
import { objectKeys, recipeOf, renditionKey } from './recipe.ts'

const id = '01944000-0000-7000-8000-000000000001' as MediaId
const other = '01944000-0000-7000-8000-000000000002' as MediaId
const open = { is_private: false, media_epoch: 3 }
const closed = { is_private: true, media_epoch: 3 }
const parse = (query: string) => Object.fromEntries(new URLSearchParams(query))

describe('media links', () => {
  const clock = new FakeClock('2026-01-01T12:20:00Z')
  const links = new MediaLinks({ secret: 'test', clock })

  it('are good for their picture, as long as the epoch stands', () => {
    const query = parse(links.query(id, open))
    expect(links.isShaped(query)).toBe(true)
    expect(links.permits(id, query, open)).toBe(true)
    expect(links.permits(other, query, open)).toBe(false)
    expect(links.permits(id, query, { ...open, media_epoch: 4 })).toBe(false)
    expect(new MediaLinks({ secret: 'another', clock }).permits(id, query, open)).toBe(false)
  })

  it('into private accounts expire within two hours, on the hour', () => {
    const query = parse(links.query(id, closed))
    expect(query.e).toBe(String(Date.parse('2026-01-01T14:00:00Z') / 1000))
    expect(links.query(id, closed)).toBe(links.query(id, closed))
    expect(links.permits(id, query, closed)).toBe(true)
    expect(links.permits(id, { ...query, e: String(Number(query.e) + 3600) }, closed)).toBe(false)
    const later = new MediaLinks({ secret: 'test', clock: new FakeClock('2026-01-01T14:00:00Z') })
    expect(later.permits(id, query, closed)).toBe(false)
  })

  it('that never expire are not good for private accounts', () => {
    expect(links.permits(id, parse(links.query(id, open)), closed)).toBe(false)
  })

  it('are told from nonsense by their shape', () => {
    for (const query of [
      {},
      { k: 'short' },
      { k: ['a'.repeat(22)] },
      { k: 'a'.repeat(22), e: 'soon' },
      { k: 'a'.repeat(22), e: ['1767268800', '1'] },
    ])
      expect(links.isShaped(query)).toBe(false)
  })
})

describe('recipes', () => {
  const hash = 'a'.repeat(64)

  it('are equal where the outcome is', () => {
    expect(recipeOf({ kind: 'photo', sha256: hash, edit: {}, purpose: 'post' })).toBe(
      recipeOf({
        kind: 'photo',
        sha256: hash,
        edit: { filter: 'original', strength: 0.3, adjust: { warmth: 0 } },
        purpose: 'post',
      }),
    )
    expect(recipeOf({ kind: 'photo', sha256: hash, edit: {}, purpose: 'post' })).toMatch(/^[0-9a-f]{32}$/)
  })

  it('differ where anything that is seen differs', () => {
    const crop = { x: 0, y: 0, width: 1, height: 0.5 }
    const recipes = [
      recipeOf({ kind: 'photo', sha256: hash, edit: {}, purpose: 'post' }),
      recipeOf({ kind: 'photo', sha256: 'b'.repeat(64), edit: {}, purpose: 'post' }),
      recipeOf({ kind: 'photo', sha256: hash, edit: {}, purpose: 'avatar' }),
      recipeOf({ kind: 'photo', sha256: hash, edit: { crop }, purpose: 'post' }),
      recipeOf({ kind: 'photo', sha256: hash, edit: { filter: 'noir' }, purpose: 'post' }),
      recipeOf({ kind: 'photo', sha256: hash, edit: { filter: 'noir', strength: 0.5 }, purpose: 'post' }),
      recipeOf({ kind: 'photo', sha256: hash, edit: { adjust: { contrast: 0.1 } }, purpose: 'post' }),
      recipeOf({ kind: 'photo', sha256: hash, edit: { adjust: { brightness: 0.1 } }, purpose: 'post' }),
    ]
    expect(new Set(recipes).size).toBe(recipes.length)
  })

  it('name every object they can have', () => {
    expect(objectKeys({ recipe: 'r', kind: 'photo' })).toContain(renditionKey('r', 'webp', 2))
    expect(objectKeys({ recipe: 'r', kind: 'photo' })).toContain(renditionKey('r', 'avif', 0))
    expect(objectKeys({ recipe: 'r', kind: 'photo' })).toContain('media/r/avif.json')
    expect(objectKeys({ recipe: 'r', kind: 'photo' })).toHaveLength(13)
  })
})
