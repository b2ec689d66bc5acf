import { describe, expect, it, vi } from 'vitest'
import { storiesOnTheirWay } from '../../../data/stories-on-their-way.ts'
import { jpeg, mp4, storyUnderTest } from '../story-under-test.tsx'

const place = { x: 0.5, y: 0.5, size: 0.68, rotation: 0 }

async function composed() {
  const composer = storyUnderTest()
  const { session } = composer
  await session.addFiles([jpeg('a.jpg')])
  const words = { text: 'Low tide', font: 'plain', color: '#ffffff', align: 'center', pill: false } as const
  session.put({ kind: 'text', ...words }, { ...place, size: 0.1 })
  session.put({ kind: 'sticker', sticker: { kind: 'poll', options: ['Tea', 'Coffee'] } }, place)
  session.choose({ audience: 'close_friends', replies: 'off' })
  return composer
}

describe('a shared story', () => {
  it('is one picture, with its stickers as data and its texts as its description', async () => {
    const { session, server, onPublished, shelved } = await composed()
    const { id } = session.draft.get()
    await session.share()
    expect(storiesOnTheirWay.get()).toMatchObject([{ id, stage: 'sending' }])
    await vi.waitFor(() => expect(onPublished).toHaveBeenCalledWith(id))
    expect(server.client.create.mock.calls[0]?.[0]).toMatchObject({
      body: {
        upload_id: 'upload-1',
        alt_text: 'Low tide',
        audience: 'close_friends',
        replies: 'off',
        stickers: [{ kind: 'poll', options: ['Tea', 'Coffee'], x: 0.5, y: 0.5, width: 0.68, rotation: 0 }],
      },
    })
    expect(storiesOnTheirWay.get()).toEqual([])
    expect(shelved.get(id)?.sharing).toMatchObject({ ticket: { upload_id: 'upload-1' } })
    // The next one begins afresh, for the same audience.
    expect(session.draft.get()).toMatchObject({ begun: false, settings: { audience: 'close_friends' } })
  })

  it('of a film is the film itself, cut and silenced, in a frame under what was drawn on it', async () => {
    const { session, server, uploadServer, onPublished, shelved, again } = storyUnderTest({ seconds: 90 })
    await session.addFiles([mp4('boat.mp4')])
    // A minute at most, and no nearer than the server takes it.
    expect(session.scene.picture?.film).toEqual({ start: 0, end: 60, mute: false })
    session.change(({ picture, ...scene }) => ({
      ...scene,
      picture: picture && { ...picture, place, film: { start: 2, end: 8.5, mute: true } },
    }))
    const { id } = session.draft.get()
    await session.share()
    await vi.waitFor(() => expect(onPublished).toHaveBeenCalledWith(id))
    expect(server.client.create.mock.calls[0]?.[0]).toMatchObject({
      body: {
        upload_id: 'upload-1',
        video: { start_ms: 2000, end_ms: 8500, mute: true },
        frame: { upload_id: 'upload-2', x: 0.5, y: 0.5, zoom: 0.68, rotation: 0 },
      },
    })
    // After a reload neither is sent again.
    const sharing = shelved.get(id)?.sharing
    expect(sharing).toMatchObject({
      ticket: { upload_id: 'upload-1' },
      plate: { ticket: { upload_id: 'upload-2' } },
    })
    await again().session.resumeShared()
    await vi.waitFor(() => expect(server.client.create).toHaveBeenCalledTimes(2))
    expect(uploadServer.calls.filter((call) => call === 'announce')).toHaveLength(1)
  })

  it('is made once, however often the answer is lost', async () => {
    const { session, server, onPublished } = await composed()
    server.faults.push('unavailable', 'internal')
    await session.share()
    await vi.waitFor(() => expect(onPublished).toHaveBeenCalled())
    expect(server.client.create).toHaveBeenCalledTimes(3)
    expect(server.stories.size).toBe(1)
  })

  it('goes on after a reload with the same upload and the same key', async () => {
    const { session, publisher, server, uploadServer, network, shelved, onPublished, again } =
      await composed()
    const { id } = session.draft.get()
    let answered = () => {}
    server.client.create.mockImplementationOnce(
      ({ headers }) =>
        new Promise((_, reject) => {
          server.stories.set(headers?.['idempotency-key'] ?? '', {
            story_id: 's-1',
            status: 'processing',
          } as never)
          answered = () => reject(new Error('gone'))
        }),
    )
    await session.share()
    await vi.waitFor(() => expect(server.client.create).toHaveBeenCalled())
    publisher.stop()
    answered()
    expect(shelved.get(id)?.sharing?.ticket?.upload_id).toBe('upload-1')

    network.set(true)
    const next = again()
    await next.session.resumeShared()
    await vi.waitFor(() => expect(onPublished).toHaveBeenCalledWith(id))
    expect(server.stories.size).toBe(1)
    expect(uploadServer.calls.filter((call) => call === 'announce')).toHaveLength(1)
    const keys = server.client.create.mock.calls.map(([input]) => input.headers?.['idempotency-key'])
    expect(new Set(keys).size).toBe(1)
  })

  it('that fails says why and is a draft again; what the server made of it goes', async () => {
    const { session, server, onFailed } = await composed()
    const { id } = session.draft.get()
    server.fail({ code: 'media_corrupt', message: 'This picture could not be read.' })
    await session.share()
    await vi.waitFor(() => expect(onFailed).toHaveBeenCalled())
    const [draft, code] = onFailed.mock.calls[0] ?? []
    expect([draft.id, code]).toEqual([id, 'media_corrupt'])
    expect(server.client.delete).toHaveBeenCalledWith({ params: { story_id: 's-1' } })
    expect(storiesOnTheirWay.get()).toEqual([])
    session.takeBack(draft)
    expect(session.draft.get().scene.present.things).toHaveLength(2)
  })
})
