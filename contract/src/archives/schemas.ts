import { Exact, type Id, idOf, Nullable, type Static, Timestamp, Type } from '../core/schema.ts'

export type ExportId = Id<'export'>
export const ExportId = idOf<ExportId>()

export const exportStates = ['waiting', 'making', 'ready', 'failed'] as const
export type ExportState = (typeof exportStates)[number]

/** Everything of a member in one ZIP. */
export const Export = Exact({
  export_id: ExportId,
  state: Type.Unsafe<ExportState>(Type.Union(exportStates.map((state) => Type.Literal(state)))),
  /** Files and lists that are in it so far, of how many. */
  done: Type.Integer(),
  total: Type.Integer(),
  /** Bytes. */
  size: Type.Integer(),
  created_at: Timestamp,
  finished_at: Nullable(Timestamp),
  /** It is deleted then. */
  expires_at: Nullable(Timestamp),
})
export type Export = Static<typeof Export>

export type ImportId = Id<'import'>
export const ImportId = idOf<ImportId>()

/** Programs whose archives are understood; `pictures`: any ZIP of pictures and films. */
export const importSources = ['tintype', 'instagram', 'activitypub', 'google_photos', 'pictures'] as const
export type ImportSource = (typeof importSources)[number]

/**
 * `uploading` → `checking` → `checked` (nothing is imported yet) → `running` → `done`. What is no archive, or one in which nothing can be read,
 * is `failed`.
 */
export const importStates = ['uploading', 'checking', 'checked', 'running', 'done', 'failed'] as const
export type ImportState = (typeof importStates)[number]

export const importItemStates = ['planned', 'left_out', 'known', 'processing', 'done', 'failed'] as const
export type ImportItemState = (typeof importItemStates)[number]

export const importLimits = {
  bytes: 20 * 1024 ** 3,
  /** Files and folders in it. */
  entries: 200_000,
  /** Posts and stories. */
  items: 50_000,
} as const

const oneOf = <T extends string>(values: readonly T[]) =>
  Type.Unsafe<T>(Type.Union(values.map((value) => Type.Literal(value))))

const Counts = Exact({
  planned: Type.Integer(),
  left_out: Type.Integer(),
  known: Type.Integer(),
  processing: Type.Integer(),
  done: Type.Integer(),
  failed: Type.Integer(),
})

export const Import = Exact({
  import_id: ImportId,
  state: oneOf(importStates),
  /** Null until it is checked. */
  source: Nullable(oneOf(importSources)),
  /** Of its items, by what became of them; `known`: they were here already. */
  counts: Counts,
  size: Type.Integer(),
  /** Why it could not be read: a code of the error table. */
  failure_code: Nullable(Type.String()),
  /** Where its oldest and its newest item stand. */
  from: Nullable(Timestamp),
  to: Nullable(Timestamp),
  created_at: Timestamp,
})
export type Import = Static<typeof Import>

export const ImportItem = Exact({
  number: Type.Integer(),
  kind: oneOf(['post', 'reel', 'story']),
  state: oneOf(importItemStates),
  /** A code of the error table, or one of an import's own; null where there is nothing to say. */
  reason: Nullable(Type.String()),
  caption: Type.String(),
  files: Type.Array(Type.String()),
  taken_at: Timestamp,
  post_id: Nullable(Type.String()),
})
export type ImportItem = Static<typeof ImportItem>

export const ImportTicket = Exact({
  import: Import,
  part_size: Type.Integer(),
  /** Each part is PUT to its address; again where that failed. */
  parts: Type.Array(Exact({ part_number: Type.Integer(), url: Type.String() })),
})
export type ImportTicket = Static<typeof ImportTicket>
