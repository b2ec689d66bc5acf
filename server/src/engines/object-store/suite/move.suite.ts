import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it, vi } from 'vitest'
import { FileObjectStore } from '../files/object-store.ts'
import { moveObjects } from '../move.ts'
import { MovingObjectStore } from '../moving.ts'
import type { ObjectStore } from '../port.ts'
import { keysOf } from './object-store.suite.ts'

const never = new AbortController().signal

/** Objects are moved out of files into another store, which is opened empty. */
export function moveSuite(name: string, openTo: () => Promise<ObjectStore>): void {
  describe(`moving: ${name}`, () => {
    it('serves from both meanwhile, copies what is missing, and loses and revives nothing', async () => {
      const directory = await mkdtemp(join(tmpdir(), 'tintype-move-'))
      await using stack = new AsyncDisposableStack()
      stack.defer(() => rm(directory, { recursive: true }))
      const from = stack.use(await FileObjectStore.open({ directory, secret: 'test' }))
      const to = stack.use(await openTo())
      const serving = new MovingObjectStore({ from, to })
      const type = { contentType: 'image/webp' }
      const bodies = new Map(Array.from({ length: 30 }, (_, n) => [`media/${n}`, randomBytes(1000 + n)]))
      bodies.set('media/film', randomBytes(9 * 1024 * 1024))
      for (const [key, bytes] of bodies) await from.put(key, bytes, type)
      const read = async (key: string) => buffer((await serving.get(key)).body)
      await serving.put('media/1', Buffer.from('made again meanwhile'), type)
      bodies.set('media/1', Buffer.from('made again meanwhile'))
      await serving.delete(['media/2'])
      bodies.delete('media/2')
      const began = await from.createMultipart('media/late', {
        size: 5,
        contentType: 'image/png',
        expiresIn: 60,
        partSize: 5,
      })
      expect(await serving.listParts('media/late', began.multipartId)).toEqual([])
      const control = new AbortController()
      const cut = moveObjects({
        from,
        to,
        remove: false,
        signal: control.signal,
        onProgress: () => control.abort(),
      })
      await expect(cut).rejects.toThrow()
      // Deleted by a server while it is copied.
      vi.spyOn(to, 'put').mockImplementationOnce(async (key, bytes, options) => {
        vi.mocked(to.put).mockRestore()
        const info = await to.put(key, bytes, options)
        await from.delete([key])
        bodies.delete(key)
        return info
      })
      const moved = await moveObjects({ from, to, remove: false, signal: never })
      expect(moved).toMatchObject({ failed: [] })
      expect(bodies.size).toBe(29)
      expect(moved.copied + moved.already).toBe(bodies.size)
      expect((await keysOf(to)).sort()).toEqual([...bodies.keys()].sort())
      for (const [key, bytes] of bodies) expect((await read(key)).equals(bytes)).toBe(true)
      expect(await to.head('media/film')).toMatchObject({ contentType: 'image/webp' })
      const last = await moveObjects({ from, to, remove: true, signal: never })
      expect(last).toMatchObject({ copied: 0, already: bodies.size, failed: [] })
      expect(await keysOf(from)).toEqual([])
      for (const [key, bytes] of bodies) expect((await read(key)).equals(bytes)).toBe(true)
    })

    it('takes no copy for one whose bytes are others, and leaves what it is of', async () => {
      const directory = await mkdtemp(join(tmpdir(), 'tintype-move-'))
      await using stack = new AsyncDisposableStack()
      stack.defer(() => rm(directory, { recursive: true }))
      const from = stack.use(await FileObjectStore.open({ directory, secret: 'test' }))
      const to = stack.use(await openTo())
      await from.put('media/a', Buffer.from('right'), { contentType: 'image/webp' })
      vi.spyOn(to, 'put').mockImplementationOnce(async (key, bytes, options) => {
        vi.mocked(to.put).mockRestore()
        await buffer(bytes as Readable)
        return to.put(key, Buffer.from('wrong'), options)
      })
      const move = { from, to, remove: true, signal: never }
      expect(await moveObjects(move)).toMatchObject({ copied: 0, failed: [{ key: 'media/a' }] })
      expect(await to.head('media/a')).toBeUndefined()
      expect(await moveObjects(move)).toMatchObject({ copied: 1, failed: [] })
      expect((await buffer((await to.get('media/a')).body)).toString()).toBe('right')
    })
  })
}
