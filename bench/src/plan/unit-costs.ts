/**
 * What a unit of work costs, as measured: bench/RESULTS.md says on which machine and how. CPU in milliseconds of one core, of all that takes part
 * (API process, consumers, PostgreSQL) on that machine; bytes before replication.
 */
export const unitCosts = {
  homeWarmMs: 0.077,
  homeColdMs: 1.55,
  /** Mean of profile 0.21, grid 0.25, post 0.04, comments 0.16 and explore 0.28. */
  pageMs: 0.188,
  likeMs: 0.26,
  commentMs: 0.28,
  followMs: 2.1,
  postMs: 0.81,
  messageMs: 1.36,
  /** 4.2 of the database and 1.2 of the process that asks. */
  searchMs: 5.4,
  /** Of those of writes, what is PostgreSQL's. */
  databaseShareOfWrites: 0.5,
  /** A core pushes 76 400 entries a second. */
  entryMs: 1000 / 76_400,
  /** From the outbox to the log, and from the log to a group that handles batches. */
  relayMs: 0.023,
  handleMs: 0.013,
  /** A photograph of 12 megapixels into its first three sizes. */
  photoMs: 187,
  /** A second of film at 720 lines takes a second, its other sizes three. */
  videoMsPerSecond: 4000,
  /** 50 KB a page of 20 posts, before it is compressed. */
  homeBytes: 50_000,
  socketBytes: 8300,
  apiProcessBytes: 430e6,
  walBytesPerPost: 73_000,
  /** Of OpenSearch: 97 MB for 200 000 documents. */
  indexBytesPerDocument: 485,
} as const

export type UnitCosts = { readonly [Name in keyof typeof unitCosts]: number }
