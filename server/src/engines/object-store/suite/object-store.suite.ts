import { createHash, randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ObjectStore, PresignedPut } from '../port.ts'

/** One backing store that may be opened many times, and the way a client reaches its presigned links. */
export interface ObjectStoreFixture extends AsyncDisposable {
  open(): Promise<ObjectStore>
  /** An absolute address for a link the store made. */
  absolute(url: string): string
}

const text = (bytes: string) => Buffer.from(bytes)
const plain = { contentType: 'text/plain' }
const png = { contentType: 'image/png' }

/** What a link that is not good any more is answered; 412 where the store makes writes conditional. */
const REFUSED = [403, 409, 412]
const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

export async function keysOf(store: ObjectStore): Promise<string[]> {
  const keys: string[] = []
  for await (const key of store.keys()) keys.push(key)
  return keys
}

/** A PUT whose body is written bit by bit. */
function startRequest(url: string, headers: Record<string, string>) {
  const sending = request(url, { method: 'PUT', headers })
  const status = new Promise<number>((resolve, reject) => {
    sending.on('response', (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    sending.on('error', reject)
  })
  return { write: (text: string) => sending.write(text), end: (text: string) => sending.end(text), status }
}

/** What every ObjectStore does. Each case has two instances on one backing store. */
export function objectStoreSuite(name: string, openFixture: () => Promise<ObjectStoreFixture>): void {
  let fixture: ObjectStoreFixture
  let one: ObjectStore
  let two: ObjectStore
  const read = async (key: string, range?: { start: number; end?: number }) =>
    buffer((await two.get(key, range)).body)
  const send = (url: string, body: Uint8Array<ArrayBuffer>, headers: Record<string, string>) =>
    fetch(fixture.absolute(url), { method: 'PUT', body, headers })

  beforeEach(async () => {
    fixture = await openFixture()
    one = await fixture.open()
    two = await fixture.open()
  })
  afterEach(async () => {
    await one[Symbol.asyncDispose]()
    await two[Symbol.asyncDispose]()
    await fixture[Symbol.asyncDispose]()
  })

  describe(`${name}: objects`, () => {
    it('keeps bytes, type and size, for every instance and after a restart', async () => {
      const bytes = randomBytes(70_000)
      await one.put('media/ab/photo.png', bytes, png)
      await one[Symbol.asyncDispose]()
      one = await fixture.open()
      for (const store of [one, two]) {
        expect(await store.head('media/ab/photo.png')).toMatchObject({ size: 70_000, ...png })
        expect(await buffer((await store.get('media/ab/photo.png')).body)).toEqual(bytes)
      }
    })

    it('takes a stream, and an empty object', async () => {
      await one.put('streamed', Readable.from([text('a'), text('bc')]), plain)
      await one.put('empty', Buffer.alloc(0), plain)
      expect((await read('streamed')).toString()).toBe('abc')
      expect((await read('empty')).length).toBe(0)
    })

    it('knows the hash, where it knows one', async () => {
      const info = await one.put('hashed', text('abc'), plain)
      const sha256 = createHash('sha256').update('abc').digest('hex')
      expect([sha256, undefined]).toContain(info.sha256)
      expect((await two.head('hashed'))?.sha256).toBe(info.sha256)
    })

    it('replaces whole: a reader sees the first or the second, never a mixture', async () => {
      const versions = ['1', '2'].map((digit) => Buffer.from(digit.repeat(200_000)))
      await one.put('replaced', versions[0] as Buffer, plain)
      const writes = Promise.all(
        Array.from({ length: 8 }, (_, i) => one.put('replaced', versions[i % 2] as Buffer, plain)),
      )
      for (let i = 0; i < 20; i++) {
        const seen = await read('replaced')
        expect(versions.some((version) => version.equals(seen))).toBe(true)
      }
      await writes
    })

    it('shows nothing of a write that failed', async () => {
      const broken = Readable.from(
        (async function* () {
          yield text('half')
          throw new Error('the line dropped')
        })(),
      )
      await expect(one.put('broken', broken, plain)).rejects.toThrow()
      expect(await two.head('broken')).toBeUndefined()
    })

    it('reads ranges, both ends included', async () => {
      await one.put('digits', text('0123456789'), plain)
      expect((await read('digits', { start: 2, end: 4 })).toString()).toBe('234')
      expect((await read('digits', { start: 7 })).toString()).toBe('789')
      expect((await read('digits', { start: 8, end: 100 })).toString()).toBe('89')
      await expect(two.get('digits', { start: 10 })).rejects.toThrow()
    })

    it('reads a range of a large object', async () => {
      const bytes = randomBytes(3_000_000)
      await one.put('large', bytes, plain)
      const middle = await read('large', { start: 100, end: 2_500_000 })
      expect(middle.equals(bytes.subarray(100, 2_500_001))).toBe(true)
      expect((await read('large')).equals(bytes)).toBe(true)
    })

    it('deletes, and does not mind what is absent', async () => {
      await one.put('gone', text('x'), plain)
      await two.delete(['gone', 'never-there'])
      expect(await one.head('gone')).toBeUndefined()
      await expect(one.get('gone')).rejects.toMatchObject({ code: 'not_found' })
    })

    it('keeps keys apart that differ only in their slashes', async () => {
      await one.put('a/b', text('slash'), plain)
      await one.put('a.b', text('dot'), plain)
      await one.put('a_b', text('bar'), plain)
      expect((await read('a/b')).toString()).toBe('slash')
      expect((await read('a.b')).toString()).toBe('dot')
    })

    it('lists what stands', async () => {
      for (const key of ['media/ab/one', 'media/ab/two', 'three']) await one.put(key, text('x'), plain)
      await one.delete(['three'])
      expect((await keysOf(two)).sort()).toEqual(['media/ab/one', 'media/ab/two'])
    })

    it('gives a sign of life', async () => {
      await expect(one.ping()).resolves.toBeUndefined()
    })
  })

  describe(`${name}: presigned links`, () => {
    const terms = { size: 5, contentType: 'image/png', expiresIn: 60 }

    it('takes exactly what was signed', async () => {
      const put = await one.presignPut('up/ok', terms)
      expect((await send(put.url, text('12345'), put.headers)).ok).toBe(true)
      expect(await two.head('up/ok')).toMatchObject({ size: 5, contentType: 'image/png' })
      expect(put.expiresAt).toBeGreaterThan(Date.now())
    })

    it.each([
      ['a byte less', '1234'],
      ['a byte more', '123456'],
      ['nothing', ''],
    ])('refuses %s and keeps nothing', async (_, body) => {
      const put = await one.presignPut('up/size', terms)
      const response = await send(put.url, text(body), put.headers)
      expect(response.status).toBeGreaterThanOrEqual(400)
      expect(response.status).toBeLessThan(500)
      expect(await two.head('up/size')).toBeUndefined()
    })

    it('takes the bytes of the signed hash alone', async () => {
      const sha256 = hashOf(text('12345'))
      const put = await one.presignPut('up/hash', { ...terms, sha256 })
      const refused = await send(put.url, text('12346'), put.headers)
      expect([refused.status >= 400, refused.status < 500]).toEqual([true, true])
      expect(await two.head('up/hash')).toBeUndefined()
      expect((await send(put.url, text('12345'), put.headers)).ok).toBe(true)
      expect(await two.head('up/hash')).toMatchObject({ size: 5, sha256 })
    })

    it('takes one object by a link, whatever comes after it and beside it', async () => {
      const put = await one.presignPut('up/once', terms)
      const bodies = ['11111', '22222', '33333', '44444']
      const answers = await Promise.all(bodies.map((body) => send(put.url, text(body), put.headers)))
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
      const taken = bodies[answers.findIndex(({ ok }) => ok)] ?? ''
      expect((await read('up/once')).toString()).toBe(taken)
      for (const body of [taken, '55555'])
        expect(REFUSED).toContain((await send(put.url, text(body), put.headers)).status)
      expect((await read('up/once')).toString()).toBe(taken)
      expect((await two.head('up/once'))?.size).toBe(5)
    })

    it('takes nothing by a closed link, before or after bytes came, also of a request under way', async () => {
      const puts = await Promise.all(['up/a', 'up/b', 'up/c'].map((key) => one.presignPut(key, terms)))
      const [unused, used, under] = puts as [PresignedPut, PresignedPut, PresignedPut]
      await send(used.url, text('12345'), used.headers)
      const way = startRequest(fixture.absolute(under.url), { ...under.headers, 'content-length': '5' })
      way.write('12')
      const closed = two.close(['up/a', 'up/b', 'up/c', 'up/never-there'])
      way.end('345')
      await closed
      expect([200, ...REFUSED]).toContain(await way.status)
      for (const put of [unused, used, under])
        expect(REFUSED).toContain((await send(put.url, text('12345'), put.headers)).status)
      for (const key of ['up/a', 'up/b', 'up/c']) {
        expect(await one.head(key)).toBeUndefined()
        await expect(one.get(key)).rejects.toMatchObject({ code: 'not_found' })
      }
      await one.delete(['up/a', 'up/b', 'up/c'])
      expect(await two.head('up/a')).toBeUndefined()
    })

    it('refuses another type, another key, and a changed size or expiry', async () => {
      const put = await one.presignPut('up/strict', terms)
      const refused = [
        await send(put.url, text('12345'), { 'content-type': 'text/html' }),
        await send(put.url.replace('up/strict', 'up/other'), text('12345'), put.headers),
        await send(
          put.url.replace(/size=\d+/, 'size=6').replace(/expires=\d+/i, 'expires=9999999999'),
          text('123456'),
          put.headers,
        ),
        await send(put.url.replace(/(sig(?:nature)?)=.{6}/i, '$1=AAAAAA'), text('12345'), put.headers),
      ]
      for (const response of refused) expect(response.status).toBeGreaterThanOrEqual(400)
      expect(await two.head('up/strict')).toBeUndefined()
      expect(await two.head('up/other')).toBeUndefined()
    })

    it('refuses both kinds of link once they have expired', async () => {
      await one.put('down/short', text('abc'), png)
      const get = await one.presignGet('down/short', { expiresIn: 1 })
      const put = await one.presignPut('up/short', { ...terms, expiresIn: 1 })
      await expect
        .poll(async () => (await fetch(fixture.absolute(get))).status, { timeout: 5000, interval: 50 })
        .toBe(403)
      await expect
        .poll(async () => (await send(put.url, text('12345'), put.headers)).status, {
          timeout: 5000,
          interval: 50,
        })
        .toBe(403)
    })

    it('reads one object by a link, under the name given', async () => {
      await one.put('down/photo', text('bytes'), png)
      const response = await fetch(
        fixture.absolute(await two.presignGet('down/photo', { expiresIn: 60, filename: 'Blåbær 1.png' })),
      )
      expect(await response.text()).toBe('bytes')
      expect(response.headers.get('content-disposition')).toContain('attachment')
      const other = (await two.presignGet('down/photo', { expiresIn: 60 })).replace(
        'down/photo',
        'down/other',
      )
      expect((await fetch(fixture.absolute(other))).status).toBeGreaterThanOrEqual(400)
    })
  })

  describe(`${name}: multipart`, () => {
    const bytes = randomBytes(5 * 1024 * 1024 + 1000)
    const terms = { size: bytes.length, contentType: 'image/png', expiresIn: 60, partSize: 5 * 1024 * 1024 }
    const partOf = (n: number) => Buffer.from(bytes.subarray((n - 1) * terms.partSize, n * terms.partSize))

    it('puts parts together, sent in any order and resumed elsewhere', async () => {
      const { multipartId, parts } = await one.createMultipart('multi', terms)
      expect(parts.map((part) => part.partNumber)).toEqual([1, 2])
      await send(parts[1]?.url ?? '', partOf(2), {})
      expect(await two.listParts('multi', multipartId)).toEqual([2])
      await expect(two.completeMultipart('multi', multipartId)).rejects.toMatchObject({
        code: 'upload_incomplete',
      })
      await send(parts[0]?.url ?? '', partOf(1), {})
      await send(parts[0]?.url ?? '', partOf(1), {})
      expect(await two.completeMultipart('multi', multipartId)).toMatchObject({ size: bytes.length, ...png })
      expect((await buffer((await one.get('multi')).body)).equals(bytes)).toBe(true)
      expect(await one.completeMultipart('multi', multipartId)).toMatchObject({ size: bytes.length })
      expect([403, 404, 409]).toContain((await send(parts[1]?.url ?? '', partOf(2), {})).status)
      expect((await buffer((await one.get('multi')).body)).equals(bytes)).toBe(true)
    })

    it('is one object when two complete it while parts still come', async () => {
      const { multipartId, parts } = await one.createMultipart('multi-race', terms)
      for (const n of [1, 2]) await send(parts[n - 1]?.url ?? '', partOf(n), {})
      const other = Buffer.alloc(partOf(2).length, 7)
      const [first, second] = await Promise.all([
        one.completeMultipart('multi-race', multipartId),
        two.completeMultipart('multi-race', multipartId),
        ...Array.from({ length: 4 }, () => send(parts[1]?.url ?? '', other, {})),
      ])
      expect(first).toEqual(second)
      const stored = await buffer((await two.get('multi-race')).body)
      expect(first.sha256 ?? hashOf(stored)).toBe(hashOf(stored))
      expect([partOf(2), other].some((end) => end.equals(stored.subarray(terms.partSize)))).toBe(true)
    })

    it('refuses a part of another size', async () => {
      const { multipartId, parts } = await one.createMultipart('multi-size', terms)
      const response = await send(parts[1]?.url ?? '', partOf(1), {})
      expect(response.status).toBeGreaterThanOrEqual(400)
      expect(await two.listParts('multi-size', multipartId)).toEqual([])
    })

    it('can be given up', async () => {
      const { multipartId, parts } = await one.createMultipart('multi-abort', terms)
      await send(parts[1]?.url ?? '', partOf(2), {})
      await two.abortMultipart('multi-abort', multipartId)
      expect(await one.listParts('multi-abort', multipartId)).toEqual([])
      expect((await send(parts[0]?.url ?? '', partOf(1), {})).ok).toBe(false)
      expect(await one.head('multi-abort')).toBeUndefined()
    })
  })
}
