import {
  type Import,
  type ImportId,
  type ImportItem,
  type ImportItemState,
  type ImportTicket,
  importItemStates,
  type Page,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import { decodeCursor, pageOf } from '../../kit/cursor.ts'
import { newId } from '../../kit/ids.ts'
import type { ImportDeps } from './deps.ts'
import type { ImportRef, ImportRow } from './import-store.ts'
import * as store from './import-store.ts'

const MB = 1024 * 1024
const DAY_MS = 86_400_000
/** Seconds that addresses of parts are good for, and that an archive waits for them. */
const SENDING = 24 * 3600
/** Days that what became of an import can be looked at. */
const KEPT_DAYS = 30
const PARTS = 1000

export const objectKey = ({ import_id }: Pick<ImportRef, 'import_id'>): string => `imports/${import_id}`

/** What members do with archives that they bring along. */
export class Imports {
  readonly #deps: ImportDeps

  constructor(deps: ImportDeps) {
    this.#deps = deps
  }

  async list(userId: UserId): Promise<Import[]> {
    const rows = await store.importsOf(this.#deps.db.query, userId)
    return Promise.all(rows.map((row) => this.#shown(row)))
  }

  async get(userId: UserId, id: ImportId): Promise<Import> {
    return this.#shown(await this.#find({ user_id: userId, import_id: id }))
  }

  /** Rejects with `import_under_way`. */
  async create(userId: UserId, size: number): Promise<ImportTicket> {
    const { db, objectStore, clock } = this.#deps
    const import_id = newId<ImportId>(clock)
    const partSize = Math.max(8 * MB, Math.ceil(size / PARTS / MB) * MB)
    const key = objectKey({ import_id })
    const terms = { size, contentType: 'application/zip', expiresIn: SENDING, partSize }
    const { multipartId, parts } = await objectStore.createMultipart(key, terms)
    const now = clock.now()
    const row: ImportRow = {
      user_id: userId,
      import_id,
      state: 'uploading',
      source: null,
      size,
      multipart_id: multipartId,
      failure_code: null,
      created_at: new Date(now),
      expires_at: new Date(now + SENDING * 1000),
    }
    if (!(await db.tx((tx) => store.insertImport(tx, row)))) {
      await objectStore.abortMultipart(key, multipartId)
      throw new TintypeError('import_under_way')
    }
    return {
      import: await this.#shown(row),
      part_size: partSize,
      parts: parts.map(({ partNumber, url }) => ({ part_number: partNumber, url })),
    }
  }

  /** Rejects with `upload_incomplete` while parts are missing. Twice is once. */
  async check(userId: UserId, id: ImportId): Promise<Import> {
    const { db, outbox, objectStore } = this.#deps
    const ref = { user_id: userId, import_id: id }
    const row = await this.#find(ref)
    if (row.state === 'uploading') {
      const there = await objectStore.listParts(objectKey(ref), row.multipart_id)
      const partSize = Math.max(8 * MB, Math.ceil(Number(row.size) / PARTS / MB) * MB)
      if (there.length < Math.ceil(Number(row.size) / partSize)) throw new TintypeError('upload_incomplete')
      await db.tx(async (tx) => {
        if (await store.move(tx, ref, ['uploading'], { state: 'checking', expires_at: this.#later() }))
          await outbox.append(tx, [{ type: 'import.sent', payload: ref }])
      })
    }
    return this.get(userId, id)
  }

  /** Rejects with `import_not_checked`. Twice is once. */
  async run(userId: UserId, id: ImportId): Promise<Import> {
    const { db, outbox } = this.#deps
    const ref = { user_id: userId, import_id: id }
    const row = await this.#find(ref)
    if (row.state !== 'checked' && row.state !== 'running') throw new TintypeError('import_not_checked')
    await db.tx(async (tx) => {
      if (await store.move(tx, ref, ['checked'], { state: 'running', expires_at: this.#later() }))
        await outbox.append(tx, [{ type: 'import.due', payload: ref }])
    })
    return this.get(userId, id)
  }

  async items(
    userId: UserId,
    id: ImportId,
    { cursor, limit = 20, state }: { cursor?: string; limit?: number; state?: ImportItemState },
  ): Promise<Page<ImportItem>> {
    await this.#find({ user_id: userId, import_id: id })
    const kind = `import ${state ?? ''}`
    const [after = 0] = cursor === undefined ? [] : decodeCursor(kind, cursor)
    const { db } = this.#deps
    const rows = await store.itemsAfter(db.query, userId, id, Number(after), state ?? null, limit + 1)
    const { items, next_cursor } = pageOf(kind, rows, limit, (row) => [row.number])
    return { items: items.map(shownItem), next_cursor }
  }

  async remove(userId: UserId, id: ImportId): Promise<void> {
    if ((await this.#remove(userId, id)) === 0) throw new TintypeError('not_found')
  }

  /** All of a member who has left. */
  async erase(userId: UserId): Promise<void> {
    await this.#remove(userId, null)
    await store.forgetThings(this.#deps.db.query, userId)
  }

  /** What is left of those whose time is over. */
  async collect(signal: AbortSignal): Promise<void> {
    const { db, clock } = this.#deps
    for (const row of await store.expiredImports(db.query, new Date(clock.now()))) {
      if (signal.aborted) return
      await this.#deleteObject(row)
      await db.tx((tx) => store.deleteImport(tx, row))
    }
  }

  async #remove(userId: UserId, id: ImportId | null): Promise<number> {
    const { db, clock } = this.#deps
    // Rows go an hour later: somebody may be at work on it.
    const at = new Date(clock.now() + 3_600_000)
    const removed = await db.tx((tx) => store.setRemoved(tx, userId, id, at))
    for (const row of removed) await this.#deleteObject(row)
    return removed.length
  }

  async #deleteObject(row: ImportRow): Promise<void> {
    const { objectStore } = this.#deps
    await objectStore.abortMultipart(objectKey(row), row.multipart_id)
    await objectStore.delete([objectKey(row)])
  }

  async #find(ref: ImportRef): Promise<ImportRow> {
    const row = await store.findImport(this.#deps.db.query, ref)
    if (!row || row.state === 'removed') throw new TintypeError('not_found')
    return row
  }

  #later(): Date {
    return new Date(this.#deps.clock.now() + KEPT_DAYS * DAY_MS)
  }

  async #shown(row: ImportRow): Promise<Import> {
    const { user_id, import_id, source, failure_code, created_at } = row
    const rows = await store.tally(this.#deps.db.query, user_id, import_id)
    const counts = Object.fromEntries(importItemStates.map((state) => [state, 0])) as Import['counts']
    for (const { state, count } of rows) counts[state] = count
    const time = (at: number) => (Number.isFinite(at) ? new Date(at).toISOString() : null)
    return {
      import_id,
      state: row.state === 'removed' ? 'failed' : row.state,
      source,
      counts,
      size: Number(row.size),
      failure_code,
      from: time(Math.min(...rows.map(({ from_at }) => Number(from_at)))),
      to: time(Math.max(...rows.map(({ to_at }) => Number(to_at)))),
      created_at: created_at.toISOString(),
    }
  }
}

const shownItem = ({ number, state, reason, plan, thing_id }: store.ItemRow): ImportItem => ({
  number,
  kind: plan.kind,
  state,
  reason,
  caption: plan.caption,
  files: plan.files.map(({ name }) => name),
  taken_at: new Date(plan.at).toISOString(),
  post_id: plan.kind !== 'story' && state === 'done' ? thing_id : null,
})
