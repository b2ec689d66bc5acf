import type { Readable } from 'node:stream'
import {
  type MediaId,
  type PostId,
  type Reply,
  type Routes,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import type { MediaDeps } from './deps.ts'
import type { LinkQuery, MediaLinks } from './links.ts'
import type { MediaRow } from './store.ts'
import * as store from './store.ts'

/** Seconds. */
const LINK_TTL = 300
const extensions: Record<string, string> = { jpeg: 'jpg', heif: 'heic' }

export interface OriginalsDeps extends Pick<MediaDeps, 'db' | 'objectStore' | 'users' | 'clock'> {
  /** Rejects with `not_found` where the viewer may not see the post, or no longer. */
  posts(): { findVisible(viewerId: UserId, id: PostId): Promise<unknown> }
}

export interface OpenOriginal {
  filename: string
  type: string
  size: number
  body: Readable
}

/** Files as they were uploaded, for their owners alone, by links that are asked again at every use. */
export class Originals {
  readonly #deps: OriginalsDeps
  readonly #links: MediaLinks

  constructor(deps: OriginalsDeps, links: MediaLinks) {
    this.#deps = deps
    this.#links = links
  }

  async link(ownerId: UserId, id: MediaId): Promise<Reply<Routes['media']['original']>> {
    const row = await this.#find(id)
    if (row.owner_id !== ownerId) throw new TintypeError('not_found')
    const expires = Math.ceil(this.#deps.clock.now() / 1000) + LINK_TTL
    const url = `/media/${id}/original${this.#links.originalQuery(id, expires)}`
    return { url, expires_at: new Date(expires * 1000).toISOString() }
  }

  /** Rejects with `not_found` for whatever is wrong with the link, or with what it led to. */
  async open(id: MediaId, query: LinkQuery): Promise<OpenOriginal> {
    if (!this.#links.permitsOriginal(id, query)) throw new TintypeError('not_found')
    const row = await this.#find(id)
    const { info, body } = await this.#deps.objectStore.get(row.original_key)
    const kind = row.original_type.slice('image/'.length)
    const day = row.created_at.toISOString().slice(0, 10)
    const filename = `tintype-${day}-${id.slice(-6)}.${extensions[kind] ?? kind}`
    return { filename, type: row.original_type, size: info.size, body }
  }

  /** What its owner may still have. The post is asked itself: its pictures hear of its end a moment later. */
  async #find(id: MediaId): Promise<MediaRow> {
    const { db, users, posts } = this.#deps
    const [row] = await store.readMedia(db.query, [id])
    if (!row || row.released_at !== null) throw new TintypeError('not_found')
    const { owner_id, post_id } = row
    if (!(await users.privacyFlags([owner_id])).has(owner_id)) throw new TintypeError('not_found')
    if (post_id !== null) await posts().findVisible(owner_id, post_id)
    return row
  }
}
