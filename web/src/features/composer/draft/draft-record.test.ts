import { describe, expect, it } from 'vitest'
import { wholePicture } from '../../../editor/crop/crop.ts'
import { type DraftRecord, draftOf } from './draft-record.ts'
import { plainLook } from './look.ts'

describe('a kept draft', () => {
  it('comes back with everything there is to edit, also from before there was so much', () => {
    const old = {
      id: 'a',
      framing: { shape: '1:1', zoom: 2, centerX: 0.5, centerY: 0.5 },
      look: {
        filter: 'noir',
        strength: 1,
        adjust: { brightness: 0.2, contrast: 0, saturation: 0, warmth: 0 },
      },
    }
    const record = { sources: [{ id: 'a' }], shots: [old] } as unknown as DraftRecord
    const [shot] = draftOf(record, new Map([['a', new Blob(['a'])]]))?.shots.present ?? []
    expect(shot?.framing).toEqual({ ...wholePicture, shape: '1:1', zoom: 2 })
    expect(shot?.look.adjust).toEqual({ ...plainLook.adjust, brightness: 0.2 })
  })
})
