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

/** A value as the driver takes it: ids as strings of UUIDs. */
export type CassandraValue = string | number | null

/**
 * One set of connections to Cassandra, for all that this process keeps there. Statements are prepared, go to a node that has their
 * partition, are answered by a quorum of its data centre, and may be sent twice. When something was written is told by the node that took it.
 */
export interface CassandraConnection extends AsyncDisposable {
  /** One partition's rows, all pages of them. */
  rows(cql: string, values: readonly CassandraValue[]): Promise<CassandraRow[]>
  /** The same statement for many partitions, some at a time. */
  each(cql: string, values: readonly (readonly CassandraValue[])[]): Promise<void>
  ping(): Promise<void>
}
