import { UploadError } from './failure.ts'
import type { HashReply, HashRequest } from './hash.worker.ts'

/** Hashes a blob; rejects with `file_unreadable` where its bytes cannot be had, with the signal's reason on abort. */
export type Hash = (blob: Blob, onProgress: (bytes: number) => void, signal: AbortSignal) => Promise<string>

interface Job {
  onProgress: (bytes: number) => void
  settle: { resolve: (sha256: string) => void; reject: (reason: unknown) => void }
}

/** One worker for all files, started with the first; hashing never holds up the page. */
export function createHasher(
  startWorker = () => new Worker(new URL('./hash.worker.ts', import.meta.url), { type: 'module' }),
): Hash {
  const jobs = new Map<number, Job>()
  let worker: Worker | undefined
  let lastId = 0

  const failAll = () => {
    for (const { settle } of jobs.values()) settle.reject(new UploadError('file_unreadable'))
    jobs.clear()
    worker?.terminate()
    worker = undefined
  }
  const handleReply = ({ data }: MessageEvent<HashReply>) => {
    const job = jobs.get(data.id)
    if (!job) return
    if ('bytes' in data) return job.onProgress(data.bytes)
    jobs.delete(data.id)
    if ('sha256' in data) job.settle.resolve(data.sha256)
    else job.settle.reject(new UploadError('file_unreadable'))
  }
  const running = () => {
    if (worker) return worker
    worker = startWorker()
    worker.addEventListener('message', handleReply)
    worker.addEventListener('error', failAll)
    return worker
  }

  return (blob, onProgress, signal) => {
    signal.throwIfAborted()
    const id = ++lastId
    return new Promise((resolve, reject) => {
      jobs.set(id, { onProgress, settle: { resolve, reject } })
      signal.addEventListener(
        'abort',
        () => {
          if (jobs.delete(id)) reject(signal.reason)
        },
        { once: true },
      )
      running().postMessage({ id, blob } satisfies HashRequest)
    })
  }
}
