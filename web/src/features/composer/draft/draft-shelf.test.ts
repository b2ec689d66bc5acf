import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, describe, expect, it } from 'vitest'
import { changeDraft, type Draft, newDraft } from './draft.ts'
import { type DraftRecord, recordOf } from './draft-record.ts'
import { DraftShelf, forgetAllDrafts } from './draft-shelf.ts'
import { plainLook } from './look.ts'

const now = Date.UTC(2026, 5, 1)
const day = 24 * 3600 * 1000

function draftWith(...ids: string[]): Draft {
  const sources = ids.map((id) => ({
    id,
    file: new Blob([id]),
    name: `${id}.jpg`,
    kind: 'photo' as const,
    type: 'image/jpeg' as const,
  }))
  const draft = changeDraft(newDraft('d1'), { type: 'added', sources })
  const look = { ...plainLook, filter: 'noir' as const }
  return changeDraft(changeDraft(draft, { type: 'looked', id: ids[0] ?? '', look }), {
    type: 'wrote',
    text: { caption: 'A boat' },
  })
}
const record = (draft: Draft, part: Partial<DraftRecord> = {}): DraftRecord => ({
  ...recordOf(draft, { ownerId: 'ana', savedAt: now, sharing: null, tickets: new Map() }),
  ...part,
})

describe('the shelf of drafts', () => {
  beforeEach(() => {
    globalThis.indexedDB = new IDBFactory()
  })

  it('keeps a draft with its files over a reload', async () => {
    const draft = draftWith('a', 'b')
    await new DraftShelf().save(record(draft), draft)
    const later = new DraftShelf()
    const [found] = await later.list('ana', now + day)
    if (!found) throw new Error('no draft')
    const restored = await later.load(found)
    expect(restored?.shots.present).toEqual(draft.shots.present)
    expect(restored?.caption).toBe('A boat')
    expect(restored?.sources.get('b')).toMatchObject({ id: 'b', name: 'b.jpg' })
  })

  it('does not keep a picture that was taken out', async () => {
    const draft = changeDraft(draftWith('a', 'b'), { type: 'removed', id: 'a' })
    const shelf = new DraftShelf()
    await shelf.save(record(draft), draft)
    const [found] = await shelf.list('ana', now)
    expect(found?.sources.map(({ id }) => id)).toEqual(['b'])
  })

  it('shows a draft to nobody else, and forgets what is too old', async () => {
    const shelf = new DraftShelf()
    const draft = draftWith('a')
    await shelf.save(record(draft), draft)
    expect(await shelf.list('ben', now)).toEqual([])
    expect(await shelf.list('ana', now + 15 * day)).toEqual([])
    expect(await shelf.list('ana', now)).toEqual([])
  })

  it('forgets a draft and its files', async () => {
    const shelf = new DraftShelf()
    const draft = draftWith('a')
    await shelf.save(record(draft), draft)
    await shelf.forget('d1')
    expect(await shelf.list('ana', now)).toEqual([])
    expect(await shelf.load(record(draft))).toBeUndefined()
  })

  it('forgets everything when the member logs out', async () => {
    const shelf = new DraftShelf()
    const draft = draftWith('a')
    await shelf.save(record(draft), draft)
    await forgetAllDrafts()
    expect(await shelf.list('ana', now)).toEqual([])
    expect(await shelf.load(record(draft))).toBeUndefined()
  })

  it('does nothing where the browser keeps nothing', async () => {
    globalThis.indexedDB = {
      open: () => {
        throw new DOMException('not here', 'SecurityError')
      },
    } as unknown as IDBFactory
    const draft = draftWith('a')
    const shelf = new DraftShelf()
    await shelf.save(record(draft), draft)
    expect(await shelf.list('ana', now)).toEqual([])
  })
})
