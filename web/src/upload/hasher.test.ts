import { describe, expect, it } from 'vitest'
import { codeOf } from './failure.ts'
import type { HashReply, HashRequest } from './hash.worker.ts'
import { createHasher } from './hasher.ts'

/** A worker whose answers the test writes. */
class ScriptedWorker extends EventTarget {
  readonly requests: HashRequest[] = []
  terminated = false
  postMessage(request: HashRequest) {
    this.requests.push(request)
  }
  terminate() {
    this.terminated = true
  }
  reply(data: HashReply) {
    this.dispatchEvent(new MessageEvent('message', { data }))
  }
}

function setUp() {
  const workers: ScriptedWorker[] = []
  const hash = createHasher(() => {
    const worker = new ScriptedWorker()
    workers.push(worker)
    return worker as unknown as Worker
  })
  return { workers, hash }
}
const blob = new Blob(['abc'])

describe('hasher', () => {
  it('uses one worker for all files and hands each its own answer', async () => {
    const { workers, hash } = setUp()
    const seen: number[] = []
    const never = new AbortController().signal
    const first = hash(blob, (bytes) => seen.push(bytes), never)
    const second = hash(blob, () => {}, never)
    expect(workers).toHaveLength(1)
    workers[0]?.reply({ id: 2, sha256: 'two' })
    workers[0]?.reply({ id: 1, bytes: 3 })
    workers[0]?.reply({ id: 1, sha256: 'one' })
    expect(await Promise.all([first, second])).toEqual(['one', 'two'])
    expect(seen).toEqual([3])
  })

  it('says when a file cannot be read, and starts anew after the worker broke', async () => {
    const { workers, hash } = setUp()
    const never = new AbortController().signal
    const unreadable = hash(blob, () => {}, never)
    workers[0]?.reply({ id: 1, unreadable: true })
    expect(codeOf(await unreadable.catch((error) => error))).toBe('file_unreadable')
    const broken = hash(blob, () => {}, never)
    workers[0]?.dispatchEvent(new Event('error'))
    expect(codeOf(await broken.catch((error) => error))).toBe('file_unreadable')
    expect(workers[0]?.terminated).toBe(true)
    const next = hash(blob, () => {}, never)
    workers[1]?.reply({ id: 3, sha256: 'three' })
    expect(await next).toBe('three')
  })

  it('stops waiting when given up', async () => {
    const { hash } = setUp()
    const control = new AbortController()
    const waiting = hash(blob, () => {}, control.signal)
    control.abort(new Error('given up'))
    await expect(waiting).rejects.toThrow('given up')
  })
})
