import type { Readable } from 'node:stream'
import { type MediaId, type Reply, type Routes, TintypeError, type UserId } from '@tintype/contract'
import { subjectKey } from '../subject.ts'
import { accessOf } from './access.ts'
import type { MediaDeps } from './deps.ts'
import type { LinkQuery, MediaLinks } from './links.ts'
import type { MediaRow } from './store.ts'
import * as store from './store.ts'

/** Seconds. */
const LINK_TTL = 300
const extensions: Record<string, string> = {
  jpeg: 'jpg',
  heif: 'heic',
  quicktime: 'mov',
  '3gpp': '3gp',
  'x-matroska': 'mkv',
  'x-msvideo': 'avi',
}

/** Of the names of files of this type, without the dot. */
export function extensionOf(type: string): string {
  const kind = type.replace(/^.*\//, '')
  return extensions[kind] ?? kind
}

type OriginalsDeps = Pick<MediaDeps, 'db' | 'objectStore' | 'members' | 'subjects' | 'clock'>

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
    const day = row.created_at.toISOString().slice(0, 10)
    const filename = `tintype-${day}-${id.slice(-6)}.${extensionOf(row.original_type)}`
    return { filename, type: row.original_type, size: info.size, body }
  }

  /** What its owner may still have. Its subject is asked itself: what is attached to it hears of its end a moment later. */
  async #find(id: MediaId): Promise<MediaRow> {
    const [row] = await store.readMedia(this.#deps.db.query, [id])
    if (!row || !(await this.#stands(row))) throw new TintypeError('not_found')
    return row
  }

  async #stands(row: MediaRow): Promise<boolean> {
    const { members, subjects, clock } = this.#deps
    const { owner_id, purpose } = row
    const subject = store.subjectOf(row)
    if (!subject || row.released_at !== null) return false
    const attached = { subject, purpose, expires_at: row.expires_at?.getTime() ?? null }
    if (!accessOf(attached, subjects, clock.now())) return false
    if (!(await members.privacyFlags([owner_id])).has(owner_id)) return false
    return (await subjects.visible(owner_id, [subject])).has(subjectKey(subject))
  }
}
