export interface CassandraSettings {
  /** `host` or `host:port`; none: what would be there is in PostgreSQL. */
  contactPoints: string[]
  dataCenter: string
  keyspace: string
  user: string
  password: string
  tls: boolean
}

/** Values of a row, by column. */
export type CassandraRow = Record<string, unknown>

/** A value as the driver takes it: ids as strings of UUIDs. Undefined: what is there stays, where null would leave a tombstone. */
export type CassandraValue = string | number | boolean | null | undefined | readonly string[]

/**
 * One set of connections to Cassandra, for all that this process keeps there. Statements are prepared, go to a node that has their
 * partition, are answered by a quorum of its data centre, and may be sent twice. When something was written is told by the node that took it.
 */
export interface CassandraConnection extends AsyncDisposable {
  /** One partition's rows, all pages of them. */
  rows(cql: string, values: readonly CassandraValue[]): Promise<CassandraRow[]>
  /** One row at a time, of many partitions: for what is read once. */
  scan(cql: string): AsyncIterable<CassandraRow>
  /** The same statement for many partitions, some at a time. */
  each(cql: string, values: readonly (readonly CassandraValue[])[]): Promise<void>
  /**
   * Conditional statements of one partition, agreed upon by its nodes: all of them are done or none, in one order with all others that are
   * decided so there. Sent once: where it is `unavailable` it may have been done. Answers what stood against it, where something did.
   */
  decide(statements: readonly Conditional[]): Promise<{ isDone: boolean; found: CassandraRow }>
  ping(): Promise<void>
}

export type Conditional = readonly [cql: string, values: readonly CassandraValue[]]
