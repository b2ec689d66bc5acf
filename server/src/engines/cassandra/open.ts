import type { SettingsReader } from '../../kit/settings.ts'
import type { CassandraConnection, CassandraSettings } from './port.ts'

export const cassandraSettings = (read: SettingsReader) => {
  const settings: CassandraSettings = {
    contactPoints: read.words('CASSANDRA_CONTACT_POINTS'),
    dataCenter: read.text('CASSANDRA_DATA_CENTER', 'datacenter1'),
    keyspace: read.text('CASSANDRA_KEYSPACE', 'tintype'),
    user: read.text('CASSANDRA_USER', ''),
    password: read.text('CASSANDRA_PASSWORD', ''),
    tls: read.flag('CASSANDRA_TLS', false),
  }
  if (settings.contactPoints.some((point) => !/^[\w.-]+(:\d{1,5})?$/.test(point)))
    read.mistakes.push('CASSANDRA_CONTACT_POINTS must be hosts, or host:port, separated by commas.')
  if (!/^[a-z]\w{0,47}$/.test(settings.keyspace))
    read.mistakes.push(
      'CASSANDRA_KEYSPACE must be at most 48 letters, digits or _, and begin with a small letter.',
    )
  if (!/^[\w.-]+$/.test(settings.dataCenter))
    read.mistakes.push('CASSANDRA_DATA_CENTER must be letters, digits, _, . or -.')
  return { cassandra: settings }
}

/** Undefined where there is none. Rejects where it cannot be reached. */
export async function openCassandraConnection({
  cassandra,
}: {
  cassandra: CassandraSettings
}): Promise<CassandraConnection | undefined> {
  if (cassandra.contactPoints.length === 0) return undefined
  const { openCassandra } = await import('./connection.ts')
  return await openCassandra(cassandra)
}

/** Makes the keyspace and the tables that are missing, once for each server. Throws StartFailure. */
export async function readyCassandra({ cassandra }: { cassandra: CassandraSettings }): Promise<void> {
  if (cassandra.contactPoints.length === 0) return
  const { makeTables } = await import('./schema.ts')
  await makeTables(cassandra)
}
