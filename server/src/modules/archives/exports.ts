import { type Export, type ExportId, TintypeError, type UserId } from '@tintype/contract'
import { newId } from '../../kit/ids.ts'
import type { ArchiveLinks } from './archive-links.ts'
import type { ArchiveDeps } from './deps.ts'
import * as store from './export-store.ts'
import { sectionsOf } from './lists.ts'
import { pieceKey } from './making.ts'

/** Milliseconds after which nobody is at work any more on what was given up. */
const GRACE = 3_600_000
/** Made of the lists: album, ActivityStreams, what explains the rest. */
const PAGES = 5

/** What members do with archives of their data. */
export class Exports {
  readonly #deps: ArchiveDeps
  readonly #links: ArchiveLinks

  constructor(deps: ArchiveDeps, links: ArchiveLinks) {
    this.#deps = deps
    this.#links = links
  }

  async list(userId: UserId): Promise<Export[]> {
    const rows = await store.exportsOf(this.#deps.db.query, userId)
    return rows.filter((row) => !this.#isOver(row)).map(shown)
  }

  /** Rejects with `export_under_way`. Given the same `reservedId` again, it answers what stands there. */
  async request(userId: UserId, reservedId?: string): Promise<Export> {
    const { db, outbox, media, clock } = this.#deps
    const export_id = (reservedId as ExportId | undefined) ?? newId<ExportId>(clock)
    const lists = sectionsOf(this.#deps).length
    const row: store.ExportRow = {
      user_id: userId,
      export_id,
      state: 'waiting',
      place: { step: 'files', after: null },
      done: 0,
      total: 2 * (await media.countOf(userId)) + 2 * lists + PAGES,
      size: 0,
      created_at: new Date(clock.now()),
      finished_at: null,
      expires_at: null,
    }
    const isNew = await db.tx(async (tx) => {
      if (!(await store.insertExport(tx, row))) return false
      await outbox.append(tx, [{ type: 'export.requested', payload: { export_id, user_id: userId } }])
      return true
    })
    if (isNew) return shown(row)
    const known = await store.findExport(db.query, userId, export_id)
    if (!known || known.state === 'removed') throw new TintypeError('export_under_way')
    return shown(known)
  }

  /** Rejects with `not_found`, and with `export_not_ready`. */
  async link(userId: UserId, id: ExportId): Promise<{ url: string; expires_at: string }> {
    const row = await store.findExport(this.#deps.db.query, userId, id)
    if (!row || row.state === 'removed' || this.#isOver(row)) throw new TintypeError('not_found')
    if (row.state !== 'ready') throw new TintypeError('export_not_ready')
    return this.#links.link(userId, id)
  }

  async remove(userId: UserId, id: ExportId): Promise<void> {
    if ((await this.#remove(userId, id)) === 0) throw new TintypeError('not_found')
  }

  /** All of a member who has left. */
  async erase(userId: UserId): Promise<void> {
    await this.#remove(userId, null)
  }

  /** Those whose time is over go; and what is left of those that went before. */
  async collect(signal: AbortSignal): Promise<void> {
    const { db, clock } = this.#deps
    const now = clock.now()
    for (const { user_id, export_id } of await store.expiredExports(db.query, new Date(now))) {
      if (signal.aborted) return
      await this.#remove(user_id, export_id)
    }
    for (const row of await store.removedBefore(db.query, new Date(now - GRACE))) {
      if (signal.aborted) return
      await this.#deleteObjects(row.user_id, row.export_id)
      await db.tx((tx) => store.deleteExport(tx, row))
    }
  }

  /** Gone for everybody at once. The rows follow later: somebody may be writing a piece right now. */
  async #remove(userId: UserId, id: ExportId | null): Promise<number> {
    const { db, outbox, clock } = this.#deps
    const removed = await db.tx(async (tx) => {
      const ids = await store.setRemoved(tx, userId, id, new Date(clock.now()))
      await outbox.append(
        tx,
        ids.map((export_id) => ({ type: 'export.removed', payload: { export_id, user_id: userId } })),
      )
      return ids
    })
    for (const one of removed) await this.#deleteObjects(userId, one)
    return removed.length
  }

  async #deleteObjects(user_id: UserId, export_id: ExportId): Promise<void> {
    const { db, objectStore } = this.#deps
    const pieces = await store.pieceSizes(db.query, { user_id, export_id })
    // One more than are known: that may have been written when its writer ended.
    await objectStore.delete(
      Array.from({ length: pieces.length + 1 }, (_, at) => pieceKey(export_id, at + 1)),
    )
  }

  #isOver({ expires_at }: store.ExportRow): boolean {
    return expires_at !== null && expires_at.getTime() <= this.#deps.clock.now()
  }
}

const shown = (row: store.ExportRow): Export => ({
  export_id: row.export_id,
  state: row.state === 'removed' ? 'failed' : row.state,
  done: Math.min(row.done, row.total),
  total: row.total,
  size: Number(row.size),
  created_at: row.created_at.toISOString(),
  finished_at: row.finished_at?.toISOString() ?? null,
  expires_at: row.expires_at?.toISOString() ?? null,
})
