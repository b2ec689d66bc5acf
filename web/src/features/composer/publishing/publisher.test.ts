import { type Post, TintypeError } from '@tintype/contract'
import { describe, expect, it } from 'vitest'
import { createCell } from '../../../kit/cell.ts'
import { createLanes } from '../../../upload/lanes.ts'
import { hashBlob } from '../../../upload/sha256.ts'
import { InMemoryNetwork, InMemoryServer } from '../../../upload/testing/in-memory-server.ts'
import { Uploads } from '../../../upload/uploads.ts'
import { changeDraft, type Draft, newDraft } from '../draft/draft.ts'
import { isUnsafeToLeave, type Publication, progressOf } from './publication.ts'
import { Publisher } from './publisher.ts'

function setUp() {
  const server = new InMemoryServer()
  const network = new InMemoryNetwork()
  const { client, put } = server
  const uploads = new Uploads({ client, put, network, lanes: createLanes(3), hash: hashBlob })
  const publications = createCell<readonly Publication[]>([])
  const posts: Post[] = []
  const kept = new Map<string, { key: string } | null>()
  const publisher = new Publisher({
    client,
    uploads,
    network,
    publications,
    onPost: (post) => posts.push(post),
    keep: (draft, sharing) => kept.set(draft.id, sharing),
    forget: (id) => kept.delete(id),
  })
  /** Waits for the one publication to come to a stage. */
  const reaches = (stage: Publication['stage']) =>
    new Promise<Publication>((resolve) => {
      const check = () => {
        const publication = publications.get()[0]
        if (publication?.stage === stage) resolve(publication)
      }
      publications.subscribe(check)
      check()
    })
  return { server, network, uploads, publications, publisher, posts, kept, reaches }
}

function draftWith(...ids: string[]): Draft {
  const sources = ids.map((id) => ({
    id,
    file: new Blob([id]),
    name: `${id}.jpg`,
    kind: 'photo' as const,
    type: 'image/jpeg' as const,
  }))
  return changeDraft(newDraft('d1'), { type: 'added', sources })
}

describe('the publisher', () => {
  it('takes a draft to its post and forgets the draft', async () => {
    const { server, publisher, posts, kept, reaches, uploads } = setUp()
    publisher.share(draftWith('a', 'b'), 'key', null)
    expect(kept.get('d1')).toEqual({ key: 'key' })
    const { postId } = await reaches('published')
    expect(server.posts.has(postId ?? '')).toBe(true)
    expect(posts.map(({ status }) => status)).toEqual(['processing', 'published'])
    expect(kept.size).toBe(0)
    expect(uploads.transfers.get().size).toBe(0)
    publisher.dismiss('d1')
  })

  it('has the server drop what was sent and taken out again', async () => {
    const { server, publisher, uploads, reaches } = setUp()
    const draft = changeDraft(draftWith('a', 'b'), { type: 'removed', id: 'b' })
    uploads.begin([{ id: 'b', blob: new Blob(['b']), contentType: 'image/jpeg' }])
    await uploads.arrived(['b'], new AbortController().signal)
    publisher.share(draft, 'key', null)
    await reaches('published')
    expect([...server.uploads.keys()]).toEqual(['upload-2'])
  })

  it('says what failed, keeps the draft, and makes one post in the end', async () => {
    const { server, publisher, kept, reaches } = setUp()
    server.faults.set('confirm', ['too_many_tags'])
    publisher.share(draftWith('a'), 'key', null)
    expect((await reaches('failed')).failure).toBe('too_many_tags')
    expect(kept.get('d1')).toEqual({ key: 'key' })
    publisher.retry('d1')
    await reaches('published')
    expect(server.posts.size).toBe(1)
  })

  it('names the reason of the file that could not be sent', async () => {
    const { server, publisher, reaches } = setUp()
    server.faults.set('put', ['media_too_large'])
    publisher.share(draftWith('a'), 'key', null)
    expect(await reaches('failed')).toMatchObject({ failure: 'media_too_large', failedFile: 'a' })
  })

  it('finds the picture that the server will not take, and comes back at it', async () => {
    const { server, publisher, reaches } = setUp()
    const confirm = server.client.posts.confirm
    server.client.posts.confirm = async () => {
      throw new TintypeError('media_truncated', { details: { upload_id: 'upload-2' } })
    }
    publisher.share(draftWith('a', 'b'), 'key', null)
    expect(await reaches('failed')).toMatchObject({ failure: 'media_truncated', failedFile: 'b' })
    expect(publisher.takeBack('d1')?.selected).toBe('b')
    server.client.posts.confirm = confirm
  })

  it('clears a post whose pictures could not be made, and starts over with new uploads', async () => {
    const { server, publisher, reaches } = setUp()
    server.failure = { code: 'media_corrupt', message: '' }
    publisher.share(draftWith('a'), 'key', null)
    expect((await reaches('failed')).failure).toBe('media_corrupt')
    expect(server.posts.size).toBe(0)
    server.failure = null
    publisher.retry('d1')
    await reaches('published')
    expect(server.posts.size).toBe(1)
    expect(server.calls.filter((call) => call === 'put')).toHaveLength(2)
  })

  it('leaves a draft that is for later on the server, and nothing of it when its files are no good', async () => {
    const { server, publisher, posts, kept, reaches } = setUp()
    const later = () =>
      changeDraft(draftWith('a'), { type: 'wrote', text: { publishAt: '2030-05-03T18:30' } })
    publisher.share(later(), 'key', null)
    const done = await reaches('published')
    expect(done).toMatchObject({ postId: null, scheduledAt: new Date('2030-05-03T18:30').toISOString() })
    expect([server.posts.size, server.scheduled.size, posts.length, kept.size]).toEqual([0, 1, 0, 0])
    publisher.dismiss('d1')
    server.failure = { code: 'media_corrupt', message: '' }
    publisher.share(later(), 'another', null)
    expect((await reaches('failed')).failure).toBe('media_corrupt')
    expect(server.scheduled.size).toBe(1)
  })

  it('gives the draft back for editing', async () => {
    const { server, publisher, publications, kept, reaches } = setUp()
    server.faults.set('confirm', ['too_many_tags'])
    const draft = draftWith('a')
    publisher.share(draft, 'key', null)
    await reaches('failed')
    expect(publisher.takeBack('d1')).toBe(draft)
    expect(publications.get()).toEqual([])
    expect(kept.get('d1')).toBeNull()
  })

  it('gives a post up, and the server drops its bytes', async () => {
    const { server, network, publisher, publications, kept } = setUp()
    network.set(false)
    publisher.share(draftWith('a'), 'key', null)
    publisher.discard('d1')
    network.set(true)
    expect(publications.get()).toEqual([])
    expect(kept.size).toBe(0)
    expect(server.posts.size).toBe(0)
  })

  it('goes on after a reload with what has arrived already', async () => {
    const before = setUp()
    const { server } = before
    server.faults.set('confirm', ['too_many_tags'])
    before.publisher.share(draftWith('a', 'b'), 'key', null)
    await before.reaches('failed')
    const tickets = before.uploads.tickets()

    const { client, put } = server
    const after = setUp()
    const uploads = new Uploads({
      client,
      put,
      network: after.network,
      lanes: createLanes(3),
      hash: hashBlob,
    })
    const publisher = new Publisher({
      client,
      uploads,
      network: after.network,
      publications: after.publications,
      onPost: () => {},
      keep: () => {},
      forget: () => {},
    })
    server.calls.length = 0
    publisher.resume(draftWith('a', 'b'), 'key', tickets, null)
    await after.reaches('published')
    expect(server.calls.filter((call) => call === 'put')).toEqual([])
    expect(server.posts.size).toBe(1)
  })
})

describe('progress', () => {
  const publication: Publication = {
    id: 'd1',
    fileIds: ['a'],
    stage: 'sending',
    pause: null,
    failure: null,
    failedFile: null,
    postId: null,
    scheduledAt: null,
    made: null,
    thumbnail: null,
  }
  it('grows with the bytes and then with the stages', () => {
    expect(progressOf(publication, new Map())).toBe(0)
    expect(progressOf({ ...publication, stage: 'confirming' }, new Map())).toBeGreaterThan(0.9)
    expect(progressOf({ ...publication, stage: 'published' }, new Map())).toBe(1)
  })
  it('knows when leaving would interrupt it', () => {
    expect(isUnsafeToLeave(publication)).toBe(true)
    expect(isUnsafeToLeave({ ...publication, stage: 'processing' })).toBe(false)
    expect(isUnsafeToLeave({ ...publication, stage: 'failed' })).toBe(false)
  })
})
