import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { endProcess } from './end-process.ts'

/** A real MinIO on loopback, in a folder of its own. */
export interface TestMinio extends AsyncDisposable {
  url: string
  accessKeyId: string
  secretAccessKey: string
  /** Makes a bucket and answers its name. */
  bucket(): Promise<string>
  /** Ends it at once; `start` begins again with what it had. */
  kill(): Promise<void>
  start(): Promise<void>
}

const keys = { accessKeyId: 'tintype', secretAccessKey: 'a secret for tests' }

/** What `minio` is on the PATH for. */
export async function startMinio(): Promise<TestMinio> {
  const dir = await mkdtemp(join(tmpdir(), 'tintype-minio-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  let server: ChildProcess | undefined
  const start = async () => {
    server = spawn('minio', ['server', '--quiet', '--address', `127.0.0.1:${port}`, join(dir, 'objects')], {
      stdio: 'ignore',
      env: {
        PATH: process.env.PATH,
        HOME: dir,
        MINIO_ROOT_USER: keys.accessKeyId,
        MINIO_ROOT_PASSWORD: keys.secretAccessKey,
        MINIO_BROWSER: 'off',
        MINIO_CI_CD: '1',
        GOMEMLIMIT: '256MiB',
      },
    })
    await answers(server, url)
  }
  await start()
  return {
    url,
    ...keys,
    async bucket() {
      const name = `test-${randomBytes(8).toString('hex')}`
      const client = new S3Client({
        endpoint: url,
        region: 'us-east-1',
        forcePathStyle: true,
        credentials: keys,
      })
      await client.send(new CreateBucketCommand({ Bucket: name }))
      client.destroy()
      return name
    },
    kill: () => endProcess(server, 'SIGKILL'),
    start,
    async [Symbol.asyncDispose]() {
      await endProcess(server, 'SIGTERM')
      await rm(dir, { recursive: true, force: true })
    },
  }
}

async function answers(server: ChildProcess, url: string): Promise<void> {
  const failed = once(server, 'exit').then(([code]) => {
    throw new Error(`minio ended with ${code}`)
  })
  failed.catch(() => {})
  const isThere = async () => (await fetch(`${url}/minio/health/ready`).catch(() => undefined))?.ok === true
  while (!(await Promise.race([isThere(), failed]))) await new Promise((resolve) => setTimeout(resolve, 50))
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
