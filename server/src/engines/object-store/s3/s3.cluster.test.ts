import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { GetBucketLifecycleConfigurationCommand, ListMultipartUploadsCommand } from '@aws-sdk/client-s3'
import { startMinio, type TestMinio } from '@tintype/testkit/minio'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { moveSuite } from '../suite/move.suite.ts'
import { objectStoreSuite } from '../suite/object-store.suite.ts'
import { readyBucket } from './bucket.ts'
import { s3Client } from './client.ts'
import { S3ObjectStore } from './object-store.ts'
import type { S3Settings } from './settings.ts'

let minio: TestMinio
beforeAll(async () => {
  minio = await startMinio()
})
afterAll(() => minio[Symbol.asyncDispose]())

const settingsOf = (bucket: string): S3Settings => ({
  endpoint: minio.url,
  region: 'us-east-1',
  bucket,
  prefix: 'club',
  accessKeyId: minio.accessKeyId,
  secretAccessKey: minio.secretAccessKey,
  publicUrl: '',
  pathStyle: true,
})

objectStoreSuite('S3', async () => {
  const settings = settingsOf(await minio.bucket())
  return {
    open: async () => new S3ObjectStore(settings),
    absolute: (url) => url,
    async [Symbol.asyncDispose]() {},
  }
})

describe('S3', () => {
  it('takes a stream larger than a part, in order, and keeps no part of one that breaks', async () => {
    const settings = settingsOf(await minio.bucket())
    await using store = new S3ObjectStore(settings)
    const bytes = randomBytes(17 * 1024 * 1024)
    const chunks = Array.from({ length: 17 * 16 }, (_, n) => bytes.subarray(n * 65_536, (n + 1) * 65_536))
    const info = await store.put('large', Readable.from(chunks), { contentType: 'video/mp4' })
    expect(info).toMatchObject({ size: bytes.length, contentType: 'video/mp4' })
    expect((await buffer((await store.get('large')).body)).equals(bytes)).toBe(true)
    const breaks = Readable.from(
      (async function* () {
        yield* chunks
        throw new Error('the line dropped')
      })(),
    )
    await expect(store.put('broken', breaks, { contentType: 'video/mp4' })).rejects.toThrow('line dropped')
    expect(await store.head('broken')).toBeUndefined()
    const client = s3Client(settings)
    const open = await client.send(
      new ListMultipartUploadsCommand({ Bucket: settings.bucket, Prefix: 'club/broken' }),
    )
    client.destroy()
    expect(open.Uploads ?? []).toEqual([])
  })

  it('gives no type that could run a script to the browser', async () => {
    await using store = new S3ObjectStore(settingsOf(await minio.bucket()))
    await store.put('page', Buffer.from('<script>'), { contentType: 'text/html' })
    const { headers } = await fetch(await store.presignGet('page', { expiresIn: 60 }))
    expect(headers.get('content-type')).toBe('application/octet-stream')
    expect(headers.get('content-disposition')).toBe('attachment')
  })

  it('lets pages of other origins send what is signed', async () => {
    await using store = new S3ObjectStore(settingsOf(await minio.bucket()))
    const { url, headers } = await store.presignPut('up/page', {
      size: 1,
      contentType: 'image/png',
      expiresIn: 9,
    })
    const asked = await fetch(url, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://photos.example.org',
        'access-control-request-method': 'PUT',
        'access-control-request-headers': Object.keys(headers).join(','),
      },
    })
    expect(asked.ok && asked.headers.get('access-control-allow-origin')).toBeTruthy()
  })

  it('says what is wrong before anything is served, and sets the bucket up', async () => {
    const settings = settingsOf(`new-${randomBytes(4).toString('hex')}`)
    const start = (changed: Partial<S3Settings>, create = false) =>
      readyBucket({ ...settings, ...changed }, { origins: ['https://photos.example.org'], create })
    await expect(start({})).rejects.toThrow(/there is no bucket .* npm run migrate makes it/)
    const made = await start({}, true)
    expect(made.done[0]).toBe(`Made the bucket ${settings.bucket}.`)
    // MinIO knows no rules of origins by bucket; it says so.
    expect([...made.done, ...made.refused].join()).toMatch(/browsers may upload/)
    await expect(start({ accessKeyId: 'nobody' })).rejects.toThrow(/does not know the key/)
    await expect(start({ secretAccessKey: 'another' })).rejects.toThrow(/is not the secret/)
    await expect(start({ endpoint: 'http://127.0.0.1:1' })).rejects.toThrow(/cannot be reached/)
    const client = s3Client(settings)
    const { Rules } = await client.send(
      new GetBucketLifecycleConfigurationCommand({ Bucket: settings.bucket }),
    )
    client.destroy()
    expect(Rules).toMatchObject([{ ID: 'tintype-club', NoncurrentVersionExpiration: { NoncurrentDays: 30 } }])
  })

  it('is unavailable while the store is down, within a limit, and there again after', async () => {
    await using store = new S3ObjectStore(settingsOf(await minio.bucket()))
    await store.put('kept', Buffer.from('kept'), { contentType: 'text/plain' })
    await minio.kill()
    const works = [
      () => store.ping(),
      () => store.head('kept'),
      () => store.get('kept'),
      () => store.delete(['kept']),
    ]
    for (const work of works) await expect(work()).rejects.toMatchObject({ code: 'unavailable' })
    await minio.start()
    expect((await buffer((await store.get('kept')).body)).toString()).toBe('kept')
  })
})

moveSuite('files to S3', async () => new S3ObjectStore(settingsOf(await minio.bucket())))
