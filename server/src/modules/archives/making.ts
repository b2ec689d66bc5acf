import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { type ExportId, TintypeError, type UserId } from '@tintype/contract'
import type { ArchiveDeps } from './deps.ts'
import type { ExportRow, Place } from './export-store.ts'
import * as store from './export-store.ts'
import { entriesOf, listName, listText, sectionsOf } from './lists.ts'
import { type Packed, packObject, packText } from './packed-file.ts'
import { pagesOf } from './pages.ts'
import { directoryEnd, directoryRecord, localHeader, type PlacedEntry } from './zip-writer.ts'

const DAY_MS = 86_400_000
/** Bytes from which on a piece is full; one file may be larger. */
const FULL = 32 * 1024 * 1024
const FILES = 50

export const pieceKey = (id: ExportId, number: number): string => `exports/${id}/${number}`

/** What a piece is to hold, and where to go on. */
interface Filled {
  packed: Packed[]
  missing: string[]
  place: Place
}

/**
 * Makes an archive piece by piece. Each piece is an object of the store and a row; both are written before the next is begun, so that
 * whoever takes the work up after a crash loses one piece at most, which is then written again under the same name.
 *
 *   files (of the store, by id) -> lists (what modules tell) -> pages (made of those) -> end (the directory) -> ready
 */
export class Making {
  readonly #deps: ArchiveDeps

  constructor(deps: ArchiveDeps) {
    this.#deps = deps
  }

  /** Goes on until it is ready, or nobody wants it any more. */
  async make(userId: UserId, id: ExportId, signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted()
      const row = await store.findExport(this.#deps.db.query, userId, id)
      if (!row?.place) return
      if (row.place.step === 'end') return this.#end(row)
      await this.#addPiece(row, row.place, signal)
    }
  }

  /** It cannot be made; its member may ask for another one. */
  async giveUp(userId: UserId, id: ExportId): Promise<void> {
    const { db } = this.#deps
    await db.tx((tx) => store.finish(tx, { user_id: userId, export_id: id }, this.#outcome('failed')))
  }

  #outcome<S extends 'ready' | 'failed'>(state: S) {
    const { clock, exportDays } = this.#deps
    const now = clock.now()
    return { state, at: new Date(now), expires_at: new Date(now + exportDays * DAY_MS) }
  }

  async #addPiece(row: ExportRow, place: Place, signal: AbortSignal): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'tintype-export-'))
    try {
      const { packed, missing, place: next } = await this.#fill(row, place, folder, signal)
      await this.#write(row, packed, { missing, next })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  #fill(row: ExportRow, place: Place, folder: string, signal: AbortSignal): Promise<Filled> {
    if (place.step === 'files') return this.#someFiles(row, place.after, signal)
    if (place.step === 'lists') return this.#someLists(row, place.next, { folder, signal })
    return this.#pages(row, { folder, signal })
  }

  /** Originals, and what browsers show of them. */
  async #someFiles({ user_id }: ExportRow, after: string | null, signal: AbortSignal): Promise<Filled> {
    const { media, objectStore } = this.#deps
    const found = await media.filesOf(user_id, after as never, FILES)
    const [packed, missing]: [Packed[], string[]] = [[], []]
    let last = after
    let size = 0
    for (const { media_id, original, shown } of found.files) {
      if (size >= FULL) break
      for (const file of shown ? [original, shown] : [original]) {
        signal.throwIfAborted()
        const open = async () => (await objectStore.get(file.key)).body
        const one = await packObject({ name: file.name, modified: file.created_at.getTime() }, open).catch(
          (error: unknown) => {
            if (!(error instanceof TintypeError && error.code === 'not_found')) throw error
            missing.push(file.name)
          },
        )
        if (!one) continue
        packed.push(one)
        size += one.entry.size
      }
      last = media_id
    }
    const isOver = size < FULL && found.next === null
    if (size < FULL) last = found.next
    return { packed, missing, place: isOver ? { step: 'lists', next: 0 } : { step: 'files', after: last } }
  }

  async #someLists(
    { user_id, created_at }: ExportRow,
    from: number,
    { folder, signal }: { folder: string; signal: AbortSignal },
  ): Promise<Filled> {
    const sections = sectionsOf(this.#deps)
    const packed: Packed[] = []
    let [size, at] = [0, from]
    for (; at < sections.length && size < FULL; at++) {
      const section = sections[at]
      if (!section) break
      const text = listText(section, entriesOf(this.#deps, section, user_id, signal))
      const named = { name: listName(section), modified: created_at.getTime() }
      const one = await packText(folder, named, text)
      packed.push(one)
      size += one.entry.size
    }
    const place: Place = at < sections.length ? { step: 'lists', next: at } : { step: 'pages' }
    return { packed, missing: [], place }
  }

  async #pages(row: ExportRow, { folder, signal }: { folder: string; signal: AbortSignal }): Promise<Filled> {
    const pieces = await store.piecesOf(this.#deps.db.query, row)
    const missing = pieces.flatMap((piece) => piece.missing)
    const packed: Packed[] = []
    const modified = row.created_at.getTime()
    for await (const { name, text } of pagesOf(this.#deps, row.user_id, {
      at: row.created_at,
      missing,
      signal,
    }))
      packed.push(await packText(folder, { name, modified }, text))
    return { packed, missing: [], place: { step: 'end' } }
  }

  async #write(
    row: ExportRow,
    packed: readonly Packed[],
    { missing, next }: { missing: string[]; next: Place },
  ): Promise<void> {
    const { objectStore } = this.#deps
    const number = (await store.pieceSizes(this.#deps.db.query, row)).length + 1
    const entries: PlacedEntry[] = []
    let size = 0
    for (const { entry } of packed) {
      entries.push({ ...entry, offset: size })
      size += localHeader(entry).length + entry.size
    }
    const key = pieceKey(row.export_id, number)
    if (size > 0)
      await objectStore.put(key, Readable.from(bytesOf(packed)), { contentType: 'application/zip' })
    await this.#keep(row, { number, size, entries, missing }, next)
  }

  /** The piece is there: says so, unless somebody has given up the archive. */
  async #keep(row: ExportRow, piece: store.PieceRow, next: Place): Promise<void> {
    const { db, objectStore } = this.#deps
    const isWanted = await db.tx(async (tx) => {
      if (!(await store.lockUnderWay(tx, row.user_id, row.export_id))) return false
      await store.addPiece(tx, row, piece)
      await store.setProgress(tx, row, { place: next, added: piece.entries.length, size: piece.size })
      return true
    })
    if (!isWanted) await objectStore.delete([pieceKey(row.export_id, piece.number)])
  }

  /** The directory goes last, and says where everything is. */
  async #end(row: ExportRow): Promise<void> {
    const { db, outbox, objectStore } = this.#deps
    const pieces = await store.piecesOf(db.query, row)
    const records: Buffer[] = []
    let at = 0
    for (const piece of pieces) {
      for (const entry of piece.entries)
        records.push(directoryRecord({ ...entry, offset: at + entry.offset }))
      at += piece.size
    }
    const size = records.reduce((sum, record) => sum + record.length, 0)
    const directory = Buffer.concat([...records, directoryEnd({ count: records.length, size, at })])
    const number = pieces.length + 1
    const key = pieceKey(row.export_id, number)
    await objectStore.put(key, directory, { contentType: 'application/zip' })
    const { user_id, export_id } = row
    const isWanted = await db.tx(async (tx) => {
      if (!(await store.lockUnderWay(tx, user_id, export_id))) return false
      await store.addPiece(tx, row, { number, size: directory.length, entries: [], missing: [] })
      await store.setProgress(tx, row, { place: { step: 'end' }, added: 0, size: directory.length })
      await store.finish(tx, row, this.#outcome('ready'))
      await outbox.append(tx, [{ type: 'export.finished', payload: { export_id, user_id } }])
      return true
    })
    if (!isWanted) await objectStore.delete([key])
  }
}

async function* bytesOf(packed: readonly Packed[]): AsyncGenerator<Buffer> {
  for (const one of packed) {
    yield localHeader(one.entry)
    let size = 0
    for await (const chunk of await one.open()) {
      size += (chunk as Buffer).length
      yield chunk as Buffer
    }
    // It was measured a moment ago; an archive that says something else could not be opened.
    if (size !== one.entry.size) throw new Error(`${one.entry.name} has changed meanwhile`)
  }
}
