import { once } from 'node:events'
import { mkdtemp, readdir, rm, truncate, utimes, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import Fastify from 'fastify'
import { describe, expect, it, onTestFinished } from 'vitest'
import { moveSuite } from '../suite/move.suite.ts'
import { objectStoreSuite } from '../suite/object-store.suite.ts'
import { FileObjectStore } from './object-store.ts'
import { objectStoreRoutes } from './routes.ts'

async function fileFixture() {
  const directory = await mkdtemp(join(tmpdir(), 'tintype-objects-'))
  const open = () => FileObjectStore.open({ directory, secret: 'test' })
  const store = await open()
  const app = Fastify()
  await app.register(objectStoreRoutes(store))
  const origin = await app.listen({ port: 0, host: '127.0.0.1' })
  return {
    directory,
    open,
    absolute: (url: string) => origin + url,
    async [Symbol.asyncDispose]() {
      await app.close()
      await store[Symbol.asyncDispose]()
      await rm(directory, { recursive: true })
    },
  }
}

objectStoreSuite('files', fileFixture)
moveSuite('files to other files', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'tintype-objects-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  return FileObjectStore.open({ directory, secret: 'test' })
})

const filesBelow = async (folder: string) =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())

describe('files on disk', () => {
  it('leaves nothing behind when the sender disappears', async () => {
    await using fixture = await fileFixture()
    await using store = await fixture.open()
    const put = await store.presignPut('up/aborted', {
      size: 100_000,
      contentType: 'image/png',
      expiresIn: 60,
    })
    const sending = request(fixture.absolute(put.url), {
      method: 'PUT',
      headers: { ...put.headers, 'content-length': 100_000 },
    })
    sending.on('error', () => undefined)
    sending.write(Buffer.alloc(50_000))
    await expect.poll(() => filesBelow(fixture.directory), { interval: 5 }).toHaveLength(1)
    sending.destroy()
    await expect.poll(() => filesBelow(fixture.directory), { interval: 5 }).toHaveLength(0)
  })

  it('refuses what is under way to a key that is closed meanwhile', async () => {
    await using fixture = await fileFixture()
    await using store = await fixture.open()
    const put = await store.presignPut('up/way', { size: 5, contentType: 'image/png', expiresIn: 60 })
    const headers = { ...put.headers, 'content-length': 5 }
    const sending = request(fixture.absolute(put.url), { method: 'PUT', headers })
    const status = once(sending, 'response').then(([answer]) => answer.resume().statusCode)
    sending.write('12')
    await expect.poll(() => filesBelow(fixture.directory), { interval: 5 }).toHaveLength(1)
    await store.close(['up/way'])
    sending.end('345')
    expect(await status).toBe(409)
    expect(await store.head('up/way')).toBeUndefined()
  })

  it('sweeps what a killed process left, and nothing that is being written', async () => {
    await using fixture = await fileFixture()
    const [old, fresh] = ['old', 'fresh'].map((name) => join(fixture.directory, '.tmp', name)) as [
      string,
      string,
    ]
    await writeFile(old, 'half')
    await utimes(old, 0, 0)
    await writeFile(fresh, 'half')
    await using _store = await fixture.open()
    expect(await readdir(join(fixture.directory, '.tmp'))).toEqual(['fresh'])
  })

  it('has no object where its file was damaged on disk', async () => {
    await using fixture = await fileFixture()
    await using store = await fixture.open()
    await store.put('whole', Buffer.alloc(1000), { contentType: 'image/png' })
    const [entry] = await filesBelow(fixture.directory)
    await truncate(join(entry?.parentPath ?? '', entry?.name ?? ''), 900)
    await expect(store.get('whole')).rejects.toMatchObject({ code: 'not_found' })
    expect(await store.head('whole')).toBeUndefined()
    await store.put('whole', Buffer.alloc(1000), { contentType: 'image/png' })
    expect(await store.head('whole')).toMatchObject({ size: 1000 })
  })

  it('refuses keys that could leave its folder', async () => {
    await using fixture = await fileFixture()
    await using store = await fixture.open()
    for (const key of ['', 'a\\b', 'a b', 'å', 'x'.repeat(201), 'a\0b'])
      await expect(store.put(key, Buffer.from('x'), { contentType: 'image/png' })).rejects.toMatchObject({
        code: 'not_found',
      })
    await store.put('../../escape', Buffer.from('x'), { contentType: 'image/png' })
    expect(await filesBelow(fixture.directory)).toHaveLength(1)
  })

  it('gives no type that could run a script to the browser', async () => {
    await using fixture = await fileFixture()
    await using store = await fixture.open()
    await store.put('page', Buffer.from('<script>'), { contentType: 'text/html' })
    const response = await fetch(fixture.absolute(await store.presignGet('page', { expiresIn: 60 })))
    expect(response.headers.get('content-type')).toBe('application/octet-stream')
    expect(response.headers.get('content-disposition')).toBe('attachment')
    expect(response.headers.get('content-security-policy')).toContain('sandbox')
  })

  it('does not grow memory with the size of what it streams', async () => {
    await using fixture = await fileFixture()
    await using store = await fixture.open()
    const chunk = Buffer.alloc(1024 * 1024)
    const before = process.memoryUsage().arrayBuffers
    await store.put('huge', Readable.from(Array(64).fill(chunk)), { contentType: 'image/png' })
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024)
  })

  it('tells of what came through a link, with its bytes where they are few', async () => {
    await using fixture = await fileFixture()
    await using store = await fixture.open()
    const heard: { key: string; bytes: Buffer | undefined }[] = []
    using _ = store.onReceived(({ key }, bytes) => heard.push({ key, bytes }))
    const receive = async (key: string, body: Buffer) => {
      const put = await store.presignPut(key, { size: body.length, contentType: 'image/png', expiresIn: 60 })
      const query = Object.fromEntries(new URL(put.url, 'http://localhost').searchParams)
      const permit = store.checkLink('PUT', key, query)
      if (permit.method !== 'PUT') throw new Error('a link to put')
      return store.receive(permit, Readable.from([body.subarray(0, 700_000), body.subarray(700_000)]))
    }
    const [small, large] = [Buffer.alloc(900_000, 'ab'), Buffer.alloc(2_500_000, 'cd')]
    await store.put('up/put', small, { contentType: 'image/png' })
    await receive('up/small', small)
    await receive('up/large', large)
    expect(heard.map(({ key }) => key)).toEqual(['up/small', 'up/large'])
    expect(heard[0]?.bytes?.equals(small)).toBe(true)
    expect(heard[1]?.bytes).toBeUndefined()
    expect((await buffer((await store.get('up/large')).body)).equals(large)).toBe(true)
  })
})
