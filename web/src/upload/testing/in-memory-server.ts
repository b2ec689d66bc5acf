import {
  type Client,
  type ErrorCode,
  type Post,
  type PostId,
  type ScheduledId,
  type ScheduledPost,
  TintypeError,
  type UploadId,
  type UploadTicket,
} from '@tintype/contract'
import type { Network } from '../network.ts'
import type { Put } from '../put.ts'

interface UploadClient {
  media: Pick<Client['media'], 'requestUploads' | 'uploadStatus' | 'cancelUpload'>
  posts: Pick<Client['posts'], 'confirm' | 'get' | 'delete'>
  scheduled: Pick<Client['scheduled'], 'create' | 'get' | 'delete'>
}

interface Stored {
  ticket: UploadTicket
  size: number
  received: Set<number>
  partCount: number
  used: boolean
}

/** What the upload engine sees of a server, kept in memory, with faults on demand. */
export class InMemoryServer {
  readonly uploads = new Map<string, Stored>()
  readonly posts = new Map<string, Post>()
  readonly scheduled = new Map<string, ScheduledPost>()
  readonly calls: string[] = []
  /** Codes that the next calls of a kind fail with, in order; `null` lets one pass. */
  readonly faults = new Map<string, (ErrorCode | null)[]>()
  /** Files larger than this are multipart, in parts of this size. */
  partSize = Number.POSITIVE_INFINITY
  /** How often a post is still `processing` when asked for. */
  looksUntilReady = 0
  failure: Post['failure'] = null
  #keys = new Map<string, Post>()
  #last = 0

  readonly client: UploadClient = {
    media: {
      requestUploads: async (input) => {
        this.#enter('announce')
        const uploads = (input?.body.files ?? []).map(({ content_type, size }) => {
          if (content_type === 'image/svg+xml') throw new TintypeError('media_type_unsupported')
          return this.#announce(size)
        })
        return { uploads }
      },
      uploadStatus: async ({ params }) => {
        this.#enter('status')
        const stored = this.#find(params.upload_id)
        const state = stored.used
          ? 'used'
          : stored.received.size === stored.partCount
            ? 'complete'
            : 'pending'
        return { upload_id: params.upload_id, state, received_parts: [...stored.received] }
      },
      cancelUpload: async ({ params }) => {
        this.#enter('cancel')
        this.uploads.delete(params.upload_id)
        return {}
      },
    },
    posts: {
      confirm: async ({ body, headers }) => {
        this.#enter('confirm')
        const key = headers?.['idempotency-key'] ?? ''
        const post = this.#keys.get(key) ?? this.#post(body.upload_ids)
        this.#keys.set(key, post)
        return post
      },
      get: async ({ params }) => {
        this.#enter('look')
        const post = this.posts.get(params.post_id)
        if (!post) throw new TintypeError('not_found')
        if (this.looksUntilReady-- > 0) return post
        return { ...post, status: this.failure ? 'failed' : 'published', failure: this.failure }
      },
      delete: async ({ params }) => {
        this.#enter('delete')
        this.posts.delete(params.post_id)
        return {}
      },
    },
    scheduled: {
      create: async ({ body: { publish_at, upload_ids } }) => {
        this.#enter('confirm')
        const { post_id } = this.#post(upload_ids)
        this.posts.delete(post_id)
        const scheduled_id = post_id as string as ScheduledId
        const made = { scheduled_id, publish_at, status: 'processing', failure: null } as ScheduledPost
        this.scheduled.set(scheduled_id, made)
        return made
      },
      get: async ({ params }) => {
        this.#enter('look')
        const made = this.scheduled.get(params.scheduled_id)
        if (!made) throw new TintypeError('not_found')
        return { ...made, status: this.failure ? 'failed' : 'waiting', failure: this.failure }
      },
      delete: async ({ params }) => {
        this.#enter('delete')
        this.scheduled.delete(params.scheduled_id)
        return {}
      },
    },
  }

  readonly put: Put = async (url, body, { onProgress, signal }) => {
    this.#enter('put')
    signal.throwIfAborted()
    const [id = '', part = '1'] = url.replace('/store/', '').split('/')
    onProgress(Math.ceil(body.size / 2))
    this.#find(id).received.add(Number(part))
    const lost = this.faults.get('put-answer')?.shift()
    if (lost) throw new TintypeError(lost)
    onProgress(body.size)
  }

  #enter(call: string): void {
    this.calls.push(call)
    const code = this.faults.get(call)?.shift()
    if (code) throw new TintypeError(code)
  }

  #find(id: string): Stored {
    const stored = this.uploads.get(id)
    if (!stored) throw new TintypeError('upload_not_found')
    return stored
  }

  #announce(size: number): UploadTicket {
    const upload_id = `upload-${++this.#last}` as UploadId
    const partCount = size > this.partSize ? Math.ceil(size / this.partSize) : 1
    const parts = Array.from({ length: partCount }, (_, index) => ({
      part_number: index + 1,
      url: `/store/${upload_id}/${index + 1}`,
    }))
    const ticket: UploadTicket = {
      upload_id,
      url: `/store/${upload_id}`,
      method: 'PUT',
      headers: { 'content-type': 'image/jpeg' },
      expires_at: '2030-01-01T00:00:00.000Z',
      multipart: partCount > 1 ? { part_size: this.partSize, parts } : null,
    }
    this.uploads.set(upload_id, { ticket, size, received: new Set(), partCount, used: false })
    return ticket
  }

  #post(uploadIds: readonly UploadId[]): Post {
    for (const id of uploadIds) {
      const stored = this.#find(id)
      if (stored.received.size < stored.partCount) throw new TintypeError('upload_incomplete')
      stored.used = true
    }
    const post = { post_id: `post-${++this.#last}` as PostId, status: 'processing', failure: null } as Post
    this.posts.set(post.post_id, post)
    return post
  }
}

/** A network that goes and comes when told, on which waiting takes no time. */
export class InMemoryNetwork implements Network {
  pauses: number[] = []
  #online = true
  #waiting: (() => void)[] = []

  isOnline(): boolean {
    return this.#online
  }
  set(online: boolean): void {
    this.#online = online
    if (online) for (const wake of this.#waiting.splice(0)) wake()
  }
  online(signal: AbortSignal): Promise<void> {
    if (this.#online) return Promise.resolve()
    return new Promise((resolve, reject) => {
      this.#waiting.push(resolve)
      signal.addEventListener('abort', () => reject(signal.reason))
    })
  }
  async pause(ms: number, signal: AbortSignal): Promise<void> {
    this.pauses.push(ms)
    signal.throwIfAborted()
  }
}
