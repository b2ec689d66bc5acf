import { TintypeError } from '@tintype/contract'
import cassandra from 'cassandra-driver'
import { breaker } from '../../kit/breaker.ts'
import type { CassandraConnection, CassandraRow, CassandraSettings } from './port.ts'

/** Milliseconds: for a connection, and for an answer. */
const CONNECT_MS = 3000
const ANSWER_MS = 5000
/** Requests of one `each` that are under way at a time, and questions of a process. */
const AT_ONCE = 128
const QUESTIONS = 512

/** Rows of a scan that are in memory. */
const SCANNED = 500

const options: cassandra.QueryOptions = { prepare: true, isIdempotent: true, autoPage: true, fetchSize: 5000 }
const agreed: cassandra.QueryOptions = {
  prepare: true,
  isIdempotent: false,
  serialConsistency: cassandra.types.consistencies.localSerial,
}

export const cassandraClient = (settings: CassandraSettings, keyspace?: string): cassandra.Client =>
  new cassandra.Client({
    contactPoints: settings.contactPoints,
    localDataCenter: settings.dataCenter,
    ...(keyspace && { keyspace }),
    ...(settings.user && { credentials: { username: settings.user, password: settings.password } }),
    ...(settings.tls && { sslOptions: {} }),
    queryOptions: { consistency: cassandra.types.consistencies.localQuorum },
    // The driver's own clock runs ahead in a rush, so that a removal by another process right after it would be older than what it removes.
    policies: { timestampGeneration: null as never },
    socketOptions: { connectTimeout: CONNECT_MS, readTimeout: ANSWER_MS },
  })

/** The keyspace is there by now (see `makeTables`). */
export async function openCassandra(settings: CassandraSettings): Promise<CassandraConnection> {
  const client = cassandraClient(settings, settings.keyspace)
  try {
    await client.connect()
  } catch (cause) {
    await client.shutdown()
    throw new Error('Cassandra cannot be reached (CASSANDRA_CONTACT_POINTS).', { cause })
  }
  const ask = breaker({ name: 'Cassandra', isSilence, most: QUESTIONS })
  const orUnavailable = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await ask(work)
    } catch (cause) {
      if (cause instanceof TintypeError) throw cause
      throw new TintypeError('unavailable', { message: 'Cassandra cannot be used.', cause })
    }
  }
  return {
    async rows(cql, values) {
      return await orUnavailable(async () => {
        const found = []
        for await (const row of await client.execute(cql, [...values], options)) found.push(row)
        return found
      })
    },
    async each(cql, values) {
      if (values.length === 0) return
      const all = values.map((of) => [...of])
      const profile = { concurrencyLevel: AT_ONCE, collectResults: false }
      await orUnavailable(() => cassandra.concurrent.executeConcurrent(client, cql, all, profile))
    },
    async *scan(cql) {
      const found = await orUnavailable(() => client.execute(cql, [], { ...options, fetchSize: SCANNED }))
      yield* found
    },
    async decide(statements) {
      const all = statements.map(([query, params]) => ({ query, params: [...params] }))
      const { rows } = await orUnavailable(() => client.batch(all, agreed))
      const { '[applied]': isDone, ...found }: CassandraRow = rows[0] ?? {}
      return { isDone: isDone === true, found }
    },
    async ping() {
      await orUnavailable(() => client.execute('select key from system.local'))
    },
    [Symbol.asyncDispose]: () => client.shutdown(),
  }
}

/** From here on a node says that a question was wrong; below, that too few nodes are there, or have time. */
const WRONG_FROM = 0x2000

const isSilence = (error: unknown): boolean =>
  !(error instanceof cassandra.errors.ResponseError && error.code >= WRONG_FROM)
