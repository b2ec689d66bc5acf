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
