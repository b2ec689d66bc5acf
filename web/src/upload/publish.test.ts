import { describe, expect, it } from 'vitest'
import { codeOf } from './failure.ts'
import { createLanes } from './lanes.ts'
import { publish } from './publish.ts'
import { hashBlob } from './sha256.ts'
import { InMemoryNetwork, InMemoryServer } from './testing/in-memory-server.ts'
import { Uploads } from './uploads.ts'

function setUp() {
  const server = new InMemoryServer()
  const network = new InMemoryNetwork()
  const { client, put } = server
  const uploads = new Uploads({ client, put, network, lanes: createLanes(3), hash: hashBlob })
  const stages: string[] = []
  uploads.begin([{ id: 'a', blob: new Blob(['abc']), contentType: 'image/jpeg' }])
  const post = (signal = new AbortController().signal) =>
    publish(
      {
        fileIds: ['a'],
        idempotencyKey: 'key',
        make: (upload_ids, key) =>
          client.posts.confirm({
            body: { upload_ids, caption: 'A boat' },
            headers: { 'idempotency-key': key },
          }),
        look: ({ post_id }) => client.posts.get({ params: { post_id } }),
      },
      { uploads, network, signal, onStage: (stage) => stages.push(stage) },
    )
  return { server, network, stages, post }
}

describe('publish', () => {
  it('waits for the files, makes the post and waits until it stands', async () => {
    const { server, stages, post } = setUp()
    server.looksUntilReady = 3
    expect(await post()).toMatchObject({ status: 'published' })
    expect(stages).toEqual(['sending', 'confirming', 'processing'])
    expect(server.posts.size).toBe(1)
  })

  it('makes one post, however often the answer is lost', async () => {
    const { server, post } = setUp()
    server.faults.set('confirm', ['unavailable', 'internal'])
    await post()
    expect(server.posts.size).toBe(1)
    expect(server.calls.filter((call) => call === 'confirm')).toHaveLength(3)
  })

  it('sends the files once more when the uploads have expired meanwhile', async () => {
    const { server, stages, post } = setUp()
    server.faults.set('confirm', ['upload_expired'])
    expect(await post()).toMatchObject({ status: 'published' })
    expect(stages).toEqual(['sending', 'confirming', 'sending', 'confirming', 'processing'])
    expect(server.calls.filter((call) => call === 'put')).toHaveLength(2)
  })

  it('tells why the server could not make a picture of a file', async () => {
    const { server, post } = setUp()
    server.failure = { code: 'media_corrupt', message: 'This picture could not be read.' }
    expect(codeOf(await post().catch((error) => error))).toBe('media_corrupt')
  })

  it('stops when given up', async () => {
    const { server, post } = setUp()
    server.looksUntilReady = Number.POSITIVE_INFINITY
    const control = new AbortController()
    const running = post(control.signal)
    queueMicrotask(() => control.abort(new Error('given up')))
    await expect(running).rejects.toThrow('given up')
  })
})
