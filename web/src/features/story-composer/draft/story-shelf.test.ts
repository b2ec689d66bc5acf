import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { putThing } from '../scene/scene.ts'
import { changeScene, newDraft } from './draft.ts'
import { draftOf, recordOf, StoryShelf } from './story-shelf.ts'

const DAY = 24 * 3600 * 1000
const place = { x: 0.5, y: 0.5, size: 0.2, rotation: 0 }
const drafted = (id: string) => {
  const files = new Map([['f', { file: new Blob(['abc']), type: 'image/jpeg' as const }]])
  return changeScene({ ...newDraft(id), files }, (scene) => ({
    ...putThing(scene, { kind: 'emoji', emoji: '🔥', id: 'a', place }),
    picture: { fileId: 'f', place, surround: 'blur' },
  }))
}

describe('the shelf of stories', () => {
  it('keeps a draft with its picture for its member alone, three days', async () => {
    const shelf = new StoryShelf()
    const draft = drafted('d1')
    await shelf.save(recordOf(draft, { ownerId: 'ana', savedAt: 0, sharing: null }))
    expect(await shelf.list('ben', 0)).toEqual([])
    const [record] = await new StoryShelf().list('ana', DAY)
    if (!record) throw new Error('not kept')
    const again = draftOf(record)
    expect(again.scene.present).toEqual(draft.scene.present)
    expect(again.files.get('f')?.type).toBe('image/jpeg')
    expect(again.begun).toBe(true)
    expect(await shelf.list('ana', 4 * DAY)).toEqual([])
    expect(await shelf.list('ana', 0)).toEqual([])
  })

  it('forgets one, and all', async () => {
    const shelf = new StoryShelf()
    for (const id of ['d1', 'd2', 'd3'])
      await shelf.save(recordOf(drafted(id), { ownerId: 'ana', savedAt: 0, sharing: null }))
    await shelf.forget('d2')
    expect((await shelf.list('ana', 0)).map(({ id }) => id).toSorted()).toEqual(['d1', 'd3'])
    await shelf.forgetAll()
    expect(await shelf.list('ana', 0)).toEqual([])
  })
})
