import { Exact, MediaId, Nullable, type Static, type TSchema, Type, UserId } from '@tintype/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../engines/db/port.ts'
import { isUuid } from '../kit/cursor.ts'
import { idTime } from '../kit/ids.ts'

/** What a table keeps of people. Said of every table: docs/privacy.md is made of it, and server/src/personal.test.ts holds it to the database. */
export type TableNote = {
  /** For people. */
  holds: string
  /** How long, and what ends it. */
  kept: string
} & (
  | {
      /** Files of a member's archive that tell it. */
      told: readonly string[]
    }
  | {
      /** Why a member's archive does not tell it. */
      untold: string
    }
)

/** Some entries of a member, and from where to go on; null at the end. */
export interface DataPage {
  entries: unknown[]
  next: string | null
}

/** One file of a member's archive: `data/<file>.json`. What its entries mean never changes; fields are only ever added. */
export interface DataSection {
  file: string
  /** What it tells, for people. */
  about: string
  /** Of one entry. `user_id` is given a `username` beside it, and `media_id` a `file`, by whoever writes the archive. */
  entry: TSchema
  page(member: UserId, after: string | null): Promise<DataPage>
}

export interface PersonalData {
  tables: Readonly<Record<string, TableNote>>
  sections: readonly DataSection[]
}

/** A member, as an archive names one. */
export const named = { user_id: UserId, username: Nullable(Type.String()) }
/** A file of the archive; null where it is not in it. */
export const filed = { media_id: MediaId, file: Nullable(Type.String()) }

const PAGE = 1000

type Shape = Record<string, TSchema>
type Told<S extends Shape> = Static<ReturnType<typeof Exact<S>>>

interface RowsSpec<S extends Shape> {
  file: string
  about: string
  entry: S
  /**
   * A `select` with a column `key`, an id or a text that tells a member's rows apart and orders them, beside those that an entry has. It is
   * compared as it is: a list with an index by it is read on from where a page ended, however long it is.
   */
  select(member: UserId): RawBuilder<unknown>
  /** What becomes of a row; itself unless given. */
  entryOf?(row: Record<string, unknown>): Partial<Told<S>>
}

/** A file that tells rows of a module's own tables. A column that ends in `_at` may be an id: it is told as the time in it. */
export const rowsSection = <S extends Shape>(db: Db, spec: RowsSpec<S>): DataSection => ({
  file: spec.file,
  about: spec.about,
  entry: Exact(spec.entry),
  async page(member, after) {
    const { rows } = await sql<Record<string, unknown> & { key: string }>`
      select * from (${spec.select(member)}) as told
      ${after === null ? sql`` : sql`where key > ${after}`} order by key limit ${PAGE}`.execute(db.query)
    const entries = rows.map(({ key: _, ...row }) => {
      const plain = Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, plainOf(name, value)]),
      )
      return spec.entryOf ? { ...plain, ...spec.entryOf(plain) } : plain
    })
    return { entries, next: rows.length < PAGE ? null : (rows.at(-1)?.key ?? null) }
  },
})

function plainOf(name: string, value: unknown): unknown {
  if (value instanceof Date) return value.toISOString()
  const isIdOfTime = name.endsWith('_at') && typeof value === 'string' && isUuid(value)
  return isIdOfTime ? new Date(idTime(value)).toISOString() : value
}

/** Derived from what is told elsewhere, and made anew at any time. */
export const derived = (holds: string, kept: string): TableNote => ({
  holds,
  kept,
  untold: 'worked out from what is in the archive',
})

/** Says nothing of a member. */
export const impersonal = (holds: string, kept: string): TableNote => ({
  holds,
  kept,
  untold: 'says nothing of a member',
})
