import { describe, expect, it } from 'vitest'
import { type Clip, changeTake, filmClips, shownSeconds } from './take.ts'

const clip = (id: string, part: Partial<Clip> = {}): Clip => ({
  id,
  blob: new Blob([id]),
  seconds: 4,
  speed: 1,
  from: 0,
  to: 4,
  ...part,
})
const ids = (clips: readonly Clip[]) => clips.map(({ id }) => id).join('')

describe('a take', () => {
  const three = ['a', 'b', 'c'].map((id) => clip(id))

  it('grows by what is recorded, unless that is a slip of the finger; loses and moves clips', () => {
    const grown = changeTake(three, { type: 'recorded', clip: clip('d') })
    expect(ids(grown)).toBe('abcd')
    expect(changeTake(grown, { type: 'recorded', clip: clip('e', { seconds: 0.1 }) })).toBe(grown)
    expect(ids(changeTake(three, { type: 'removed', id: 'b' }))).toBe('ac')
    expect(ids(changeTake(three, { type: 'moved', id: 'c', by: -1 }))).toBe('acb')
    expect(changeTake(three, { type: 'moved', id: 'c', by: 1 })).toBe(three)
    expect(ids(changeTake(three, { type: 'restored', clips: [clip('x')] }))).toBe('xabc')
  })

  it('is cut within its clips, of each of which something is left', () => {
    const cut = changeTake(changeTake(three, { type: 'trimmed', id: 'a', from: 1 }), {
      type: 'trimmed',
      id: 'b',
      to: -3,
    })
    expect(cut.map(({ from, to }) => [from, to])).toEqual([
      [1, 4],
      [0, 0.3],
      [0, 4],
    ])
    expect(changeTake(three, { type: 'trimmed', id: 'a', to: 99 })[0]?.to).toBe(4)
  })

  it('lasts as long as it is shown, and says where in the file its clips are, by how long they really are', () => {
    const take = [clip('a', { from: 1 }), clip('b', { speed: 2 }), clip('c', { to: 2, speed: 0.5 })]
    expect(shownSeconds(take)).toBe(3 + 2 + 4)
    const places = [
      { offset: 0, seconds: 3.9 },
      { offset: 4, seconds: 3.9 },
      { offset: 8, seconds: 3.9 },
    ]
    expect(filmClips(take, places)).toEqual([
      { start_ms: 1000, end_ms: 3900 },
      { start_ms: 4000, end_ms: 7900, speed: 2 },
      { start_ms: 8000, end_ms: 10_000, speed: 0.5 },
    ])
    expect(filmClips([clip('a')], [{ offset: 0, seconds: 3.9 }])).toBeNull()
  })
})
