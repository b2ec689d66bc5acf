import { describe, expect, it } from 'vitest'
import { createLanes } from './lanes.ts'
import { hashBlob } from './sha256.ts'
import { InMemoryNetwork, InMemoryServer } from './testing/in-memory-server.ts'
import { TransferFailed, Uploads } from './uploads.ts'

const never = new AbortController().signal

function setUp() {
  const server = new InMemoryServer()
  const network = new InMemoryNetwork()
  const { client, put } = server
  const hash = (blob: Blob, onProgress: (bytes: number) => void) => hashBlob(blob, onProgress)
  const uploads = new Uploads({ client, put, network, lanes: createLanes(3), hash })
  return { server, network, uploads }
}
const photo = (id: string, bytes = 1000, contentType = 'image/jpeg') => ({
  id,
  blob: new Blob([new Uint8Array(bytes)]),
  contentType,
})
const phases = (uploads: Uploads) =>
  Object.fromEntries([...uploads.transfers.get()].map(([id, { phase }]) => [id, phase]))

describe('uploads', () => {
  it('announces the files together and sends each', async () => {
    const { server, uploads } = setUp()
    uploads.begin([photo('a'), photo('b')])
    expect(await uploads.arrived(['b', 'a'], never)).toEqual(['upload-2', 'upload-1'])
    expect(server.calls.filter((call) => call === 'announce')).toHaveLength(1)
  })

  it('does nothing for a file that is on its way already', async () => {
    const { server, uploads } = setUp()
    uploads.begin([photo('a')])
    uploads.begin([photo('a')])
    await uploads.arrived(['a'], never)
    uploads.begin([photo('a')])
    expect(server.calls.filter((call) => call === 'put')).toHaveLength(1)
  })

  it('sends a large file in parts, and after an interruption only what is missing', async () => {
    const { server, uploads } = setUp()
    server.partSize = 400
    server.faults.set('put', [null, 'bad_request'])
    uploads.begin([photo('a', 1000)])
    await expect(uploads.arrived(['a'], never)).rejects.toBeInstanceOf(TransferFailed)
    const arrived = server.uploads.get('upload-1')?.received.size ?? 0
    expect(arrived).toBeGreaterThan(0)
    const putsBefore = server.calls.filter((call) => call === 'put').length

    uploads.begin([photo('a', 1000)])
    expect(await uploads.arrived(['a'], never)).toEqual(['upload-1'])
    const puts = server.calls.filter((call) => call === 'put').length - putsBefore
    expect(puts).toBe(3 - arrived)
  })

  it('does not send again what arrived although its answer was lost', async () => {
    const { server, uploads } = setUp()
    server.faults.set('put-answer', ['unavailable'])
    uploads.begin([photo('a')])
    await uploads.arrived(['a'], never)
    expect(server.calls).toEqual(['announce', 'put', 'status'])
  })

  it('waits for a lost network, says so, and goes on', async () => {
    const { server, network, uploads } = setUp()
    network.set(false)
    uploads.begin([photo('a')])
    await new Promise((resolve) => {
      const stop = uploads.transfers.subscribe(() => {
        if (uploads.transfers.get().get('a')?.pause === 'offline') resolve(stop())
      })
    })
    expect(server.calls).toEqual([])
    network.set(true)
    expect(await uploads.arrived(['a'], never)).toEqual(['upload-1'])
    expect(uploads.transfers.get().get('a')?.pause).toBeNull()
  })

  it('announces a file anew when its upload has expired, once', async () => {
    const { server, uploads } = setUp()
    server.faults.set('put', ['signature_expired'])
    uploads.begin([photo('a')])
    expect(await uploads.arrived(['a'], never)).toEqual(['upload-2'])

    server.faults.set('put', ['signature_expired', 'signature_expired'])
    uploads.begin([photo('b')])
    await expect(uploads.arrived(['b'], never)).rejects.toMatchObject({ ids: ['b'] })
    expect(uploads.transfers.get().get('b')?.failure).toBe('signature_expired')
  })

  it('lets one refused file not take the others with it', async () => {
    const { uploads } = setUp()
    uploads.begin([photo('a'), photo('bad', 10, 'image/svg+xml'), photo('c')])
    await expect(uploads.arrived(['a', 'bad', 'c'], never)).rejects.toMatchObject({ ids: ['bad'] })
    await uploads.arrived(['a', 'c'], never)
    expect(phases(uploads)).toEqual({ a: 'arrived', bad: 'failed', c: 'arrived' })
  })

  it('has the server drop the bytes of what is given up', async () => {
    const { server, uploads } = setUp()
    uploads.begin([photo('a'), photo('b')])
    await uploads.arrived(['a', 'b'], never)
    uploads.cancel(['a'])
    expect(phases(uploads)).toEqual({ b: 'arrived' })
    expect([...server.uploads.keys()]).toEqual(['upload-2'])
  })

  it('drops a file given up while it is being announced', async () => {
    const { server, uploads } = setUp()
    uploads.begin([photo('a'), photo('b')])
    uploads.transfers.subscribe(() => {
      if (uploads.transfers.get().get('a')?.phase === 'announcing') uploads.cancel(['a'])
    })
    await uploads.arrived(['b'], never)
    expect([...server.uploads.keys()]).toHaveLength(1)
    expect(phases(uploads)).toEqual({ b: 'arrived' })
  })

  it('takes up the upload of an earlier visit', async () => {
    const { server, uploads } = setUp()
    server.partSize = 400
    uploads.begin([photo('a', 1000)])
    await uploads.arrived(['a'], never)
    const ticket = uploads.tickets().get('a')
    server.uploads.get('upload-1')?.received.delete(2)

    const later = setUp()
    const { client, put } = server
    const resumed = new Uploads({
      client,
      put,
      network: later.network,
      lanes: createLanes(3),
      hash: hashBlob,
    })
    if (!ticket) throw new Error('no ticket')
    server.calls.length = 0
    resumed.resume(photo('a', 1000), ticket)
    expect(await resumed.arrived(['a'], never)).toEqual(['upload-1'])
    expect(server.calls).toEqual(['status', 'put'])
  })
})
