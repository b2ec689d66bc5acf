import type { CircleId, UserId } from '@tintype/contract'
import { describe, expect, it } from 'vitest'
import { wholePicture } from '../../../editor/crop/crop.ts'
import {
  changeDraft,
  type Draft,
  type DraftAction,
  newDraft,
  roomIn,
  type Source,
  selectedOf,
} from './draft.ts'
import { plainLook } from './look.ts'
import { checkCaption, postTextOf } from './post-text.ts'

const sourceOf = (id: string): Source => ({
  id,
  file: new Blob([id]),
  name: `${id}.jpg`,
  kind: 'photo' as const,
  type: 'image/jpeg',
  size: { width: 400, height: 300 },
})
const draftOf = (...ids: string[]) => apply(newDraft('d'), { type: 'added', sources: ids.map(sourceOf) })
const apply = (draft: Draft, ...actions: DraftAction[]) => actions.reduce(changeDraft, draft)
const order = (draft: Draft) => draft.shots.present.map(({ id }) => id).join('')
const noir = { ...plainLook, filter: 'noir' as const }

describe('a draft', () => {
  it('goes on to cropping with the first pictures, and takes ten at most', () => {
    const draft = draftOf('a', 'b')
    expect(draft.step).toBe('crop')
    expect(draft.selected).toBe('a')
    const full = apply(draft, { type: 'added', sources: [...'cdefghijkl'].map(sourceOf) })
    expect(order(full)).toBe('abcdefghij')
    expect(roomIn(full)).toBe(0)
  })

  it('loses nothing by going back', () => {
    const edited = apply(
      draftOf('a'),
      { type: 'stepped', step: 'edit' },
      { type: 'looked', id: 'a', look: noir },
      { type: 'stepped', step: 'share' },
      { type: 'wrote', text: { caption: 'The boat' } },
      { type: 'stepped', step: 'crop' },
      { type: 'stepped', step: 'share' },
    )
    expect(edited.caption).toBe('The boat')
    expect(selectedOf(edited)?.shot.look.filter).toBe('noir')
  })

  it('undoes order, removal and edits alike, and text not at all', () => {
    const draft = apply(
      draftOf('a', 'b', 'c'),
      { type: 'moved', id: 'a', to: 2 },
      { type: 'wrote', text: { caption: 'kept' } },
      { type: 'looked', id: 'b', look: noir },
      { type: 'removed', id: 'b' },
    )
    expect(order(draft)).toBe('ca')
    const back = apply(draft, { type: 'undone' })
    expect(order(back)).toBe('bca')
    expect(back.shots.present[0]?.look.filter).toBe('noir')
    const further = apply(back, { type: 'undone' }, { type: 'undone' })
    expect(order(further)).toBe('abc')
    expect(further.caption).toBe('kept')
    expect(order(apply(further, { type: 'redone' }))).toBe('bca')
  })

  it('takes one stroke of a slider on one picture as one step', () => {
    const brighter = (brightness: number): DraftAction => ({
      type: 'looked',
      id: 'a',
      look: { ...plainLook, adjust: { ...plainLook.adjust, brightness } },
      stroke: 'brightness',
    })
    const draft = apply(
      draftOf('a', 'b'),
      brighter(0.1),
      brighter(0.2),
      { type: 'strokeEnded' },
      brighter(0.3),
    )
    const once = apply(draft, { type: 'undone' })
    expect(selectedOf(once)?.shot.look.adjust.brightness).toBe(0.2)
    expect(selectedOf(apply(once, { type: 'undone' }))?.shot.look.adjust.brightness).toBe(0)
  })

  it('is back at picking when the last picture is taken out', () => {
    const empty = apply(draftOf('a'), { type: 'removed', id: 'a' })
    expect(empty).toMatchObject({ step: 'pick', selected: null })
    const again = apply(empty, { type: 'undone' })
    expect(selectedOf(again)?.source.name).toBe('a.jpg')
    expect(again.step).toBe('crop')
  })

  it('gives a new picture the shape of the others', () => {
    const draft = apply(
      draftOf('a'),
      { type: 'shapedAll', shape: '4:5' },
      { type: 'added', sources: [sourceOf('b')] },
    )
    expect(draft.shots.present.map(({ framing }) => framing.shape)).toEqual(['4:5', '4:5'])
  })

  it('learns a size late, in every state of its history', () => {
    const { size: _, ...unmeasured } = sourceOf('a')
    const draft = apply(
      newDraft('d'),
      { type: 'added', sources: [unmeasured] },
      { type: 'framed', id: 'a', framing: { ...wholePicture, shape: '1:1' } },
      { type: 'measured', id: 'a', size: { width: 100, height: 50 } },
    )
    expect(postTextOf(draft).edits).toEqual([{ crop: { x: 0.25, y: 0, width: 0.5, height: 1 } }])
  })
})

describe('postTextOf', () => {
  it('says all by position, in the order of the post', () => {
    const draft = apply(
      draftOf('a', 'b'),
      { type: 'described', id: 'a', altText: ' A boat ' },
      { type: 'looked', id: 'b', look: noir },
      { type: 'moved', id: 'b', to: 0 },
      { type: 'wrote', text: { caption: ' Evening #light ', place: { name: ' Pier ', lat: 1, lon: 2 } } },
    )
    expect(postTextOf(draft)).toEqual({
      caption: 'Evening #light',
      location: { name: 'Pier', lat: 1, lon: 2 },
      alt_texts: ['', 'A boat'],
      edits: [{ filter: 'noir', strength: 1 }, {}],
    })
  })

  it('says of a film how it is cut and which filter it has, and of pictures nothing there', () => {
    const film = { ...sourceOf('f'), kind: 'video', type: 'video/mp4', seconds: 8 } as const
    const slow = { start: 1, end: null, mute: true, cover: 3, speed: 0.5, clips: null }
    const draft = apply(
      draftOf('a'),
      { type: 'added', sources: [film] },
      { type: 'lookedAll', look: { ...noir, adjust: { ...plainLook.adjust, warmth: 0.3 } } },
    )
    const edits = (...actions: DraftAction[]) => postTextOf(apply(draft, ...actions)).video_edits
    const filter = { filter: 'noir', strength: 1 }
    expect(postTextOf(draft).edits).toEqual([{ ...filter, adjust: { warmth: 0.3 } }, {}])
    expect(edits()).toEqual([{}, filter])
    expect(edits({ type: 'cut', id: 'f', cut: slow })).toEqual([
      {},
      // The cover is counted in what is shown: twice as long.
      { clips: [{ start_ms: 1000, end_ms: 8000, speed: 0.5 }], mute: true, cover_ms: 4000, ...filter },
    ])
    expect(edits({ type: 'cut', id: 'f', cut: { ...slow, speed: 1 } })).toEqual([
      {},
      { start_ms: 1000, mute: true, cover_ms: 3000, ...filter },
    ])
    const plain: DraftAction = { type: 'looked', id: 'f', look: plainLook }
    expect(edits(plain, { type: 'looked', id: 'a', look: noir })).toBeUndefined()
  })

  it('is for its circles alone where there are any: no reel, and nobody else’s', () => {
    const ben = { user_id: 'u-ben' as UserId, username: 'ben' }
    const together = apply(draftOf('a'), { type: 'wrote', text: { authors: [ben] } })
    expect(postTextOf(together)).toMatchObject({ collaborators: ['ben'] })
    const circles = ['close' as CircleId]
    const said = postTextOf(apply(together, { type: 'wrote', text: { circles, asReel: true } }))
    expect(said).toMatchObject({ circles })
    expect(said).not.toHaveProperty('collaborators')
    expect(said).not.toHaveProperty('reel')
  })

  it('names no place without a name', () => {
    const draft = apply(draftOf('a'), { type: 'wrote', text: { place: { name: '  ' } } })
    expect(postTextOf(draft).location).toBeNull()
  })
})

describe('checkCaption', () => {
  it('counts as the server does', () => {
    expect(checkCaption('#one #One @ana')).toEqual({ left: 2186, hashtags: 2, mentions: 1, ok: true })
    expect(checkCaption('x'.repeat(2201)).ok).toBe(false)
    expect(checkCaption(Array.from({ length: 31 }, (_, n) => `#tag${n}`).join(' ')).ok).toBe(false)
  })
})
