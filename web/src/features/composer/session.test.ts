import { describe, expect, it, vi } from 'vitest'
import { createLanes } from '../../upload/lanes.ts'
import { hashBlob } from '../../upload/sha256.ts'
import { InMemoryNetwork, InMemoryServer } from '../../upload/testing/in-memory-server.ts'
import { Uploads } from '../../upload/uploads.ts'
import { photo } from './composer-under-test.tsx'
import type { Draft } from './draft/draft.ts'
import type { DraftRecord } from './draft/draft-record.ts'
import { draftOf } from './draft/draft-record.ts'
import { ComposerSession, type SessionServices } from './session.ts'

/** Drafts kept in memory, files by reference. */
function memoryShelf() {
  const records = new Map<string, { record: DraftRecord; draft: Draft }>()
  return {
    records,
    save: async (record: DraftRecord, draft: Draft) => void records.set(record.id, { record, draft }),
    list: async (ownerId: string) =>
      [...records.values()].map(({ record }) => record).filter((record) => record.ownerId === ownerId),
    load: async ({ id }: DraftRecord) => {
      const found = records.get(id)
      if (!found) return undefined
      const files = new Map([...found.draft.sources].map(([key, { file }]) => [key, file]))
      return draftOf(found.record, files)
    },
    forget: async (id: string) => void records.delete(id),
  }
}

function setUp(shelf = memoryShelf()) {
  const server = new InMemoryServer()
  const uploads = new Uploads({
    client: server.client,
    put: server.put,
    network: new InMemoryNetwork(),
    lanes: createLanes(3),
    hash: hashBlob,
  })
  const shared: { draft: Draft; key: string }[] = []
  const publisher: SessionServices['publisher'] = {
    share: (draft, key) => void shared.push({ draft, key }),
    resume: (draft, key) => void shared.push({ draft, key }),
    takeBack: (id) => shared.find(({ draft }) => draft.id === id)?.draft,
  }
  const session = new ComposerSession({
    uploads,
    publisher,
    shelf,
    decode: async () => ({ state: 'unseen', size: { width: 400, height: 300 } }),
    thumbnail: async () => null,
    ownerId: 'ana',
    now: () => 1000,
  })
  return { session, server, uploads, shared, shelf }
}
const names = ({ draft }: ComposerSession) =>
  draft.get().shots.present.map(({ id }) => draft.get().sources.get(id)?.name)

describe('a composer session', () => {
  it('lets pictures in and says what stays out', async () => {
    const { session } = setUp()
    await session.addFiles([photo('a.jpg'), new File(['x'], 'b.pdf', { type: 'application/pdf' })])
    expect(names(session)).toEqual(['a.jpg'])
    expect(session.refused.get()).toHaveLength(1)
    await session.addFiles(Array.from({ length: 10 }, (_, n) => photo(`${n}.jpg`)))
    expect(names(session)).toHaveLength(10)
    expect(session.refused.get().map(({ name }) => name)).toEqual(['9.jpg'])
  })

  it('learns the size of what it is shown', async () => {
    const { session } = setUp()
    await session.addFiles([photo('a.jpg')])
    await vi.waitFor(() => expect([...session.draft.get().sources.values()][0]?.size).toBeDefined())
  })

  it('sends bytes once the member has gone on from cropping, later pictures too', async () => {
    const { session, uploads } = setUp()
    await session.addFiles([photo('a.jpg')])
    expect(uploads.transfers.get().size).toBe(0)
    session.dispatch({ type: 'stepped', step: 'edit' })
    expect(uploads.transfers.get().size).toBe(1)
    await session.addFiles([photo('b.jpg')])
    expect(uploads.transfers.get().size).toBe(2)
  })

  it('hands a post over and starts afresh', async () => {
    const { session, shared } = setUp()
    await session.addFiles([photo('a.jpg')])
    await session.share()
    await session.share()
    expect(shared[0]?.draft.shots.present).toHaveLength(1)
    expect(shared[0]?.key).not.toBe(shared[1]?.key)
    expect(session.draft.get().step).toBe('pick')
    expect(session.draft.get().id).not.toBe(shared[0]?.draft.id)
  })

  it('keeps a draft for another visit and goes on with it there', async () => {
    const { session, shelf } = setUp()
    await session.addFiles([photo('a.jpg')])
    session.dispatch({ type: 'wrote', text: { caption: 'A boat' } })
    await session.saveNow()

    const later = setUp(shelf).session
    await later.lookForEarlier()
    expect(later.earlier.get()?.caption).toBe('A boat')
    await later.continueEarlier()
    expect(names(later)).toEqual(['a.jpg'])
    expect(later.draft.get().caption).toBe('A boat')
    expect(later.earlier.get()).toBeNull()
  })

  it('does not offer an earlier draft while one is being made, nor what is on its way', async () => {
    const { session, shelf } = setUp()
    await session.addFiles([photo('a.jpg')])
    await session.keep(session.draft.get(), { key: 'key' })
    const later = setUp(shelf)
    await later.session.lookForEarlier()
    expect(later.session.earlier.get()).toBeNull()
    expect(await later.session.resumeShared()).toBe(1)
    expect(later.shared[0]?.key).toBe('key')
  })

  it('leaves nothing of what is discarded', async () => {
    const { session, shelf, uploads, server } = setUp()
    await session.addFiles([photo('a.jpg')])
    session.dispatch({ type: 'stepped', step: 'edit' })
    const [id = ''] = [...uploads.transfers.get().keys()]
    await uploads.arrived([id], new AbortController().signal)
    await session.saveNow()
    session.discard()
    expect(shelf.records.size).toBe(0)
    expect(server.uploads.size).toBe(0)
    expect(session.draft.get().step).toBe('pick')
  })

  it('takes a failed post back without losing what lies on the table', async () => {
    const { session, shared, shelf } = setUp()
    await session.addFiles([photo('a.jpg')])
    await session.share()
    await session.addFiles([photo('b.jpg')])
    session.takeBack(shared[0]?.draft.id ?? '')
    expect(names(session)).toEqual(['a.jpg'])
    await vi.waitFor(() =>
      expect([...shelf.records.values()].map(({ record }) => record.sources[0]?.name)).toEqual(['b.jpg']),
    )
  })
})
