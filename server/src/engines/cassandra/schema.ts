import { StartFailure } from '../../kit/start-failure.ts'
import { cassandraClient } from './connection.ts'
import type { CassandraSettings } from './port.ts'

const COPIES = 3

/**
 * Tombstones go after the three hours for which nodes keep what one that is away has missed: what comes back by that can be an id in a
 * timeline, which readers judge anyway.
 */
const small = `compaction = {'class': 'LeveledCompactionStrategy'} and gc_grace_seconds = 10800`

const tables = [
  `create table if not exists timeline_entries (
    user_id uuid, post_id uuid, author_id uuid, primary key (user_id, post_id)
  ) with clustering order by (post_id desc) and ${small}`,
  // In whose timelines a post is. At most CELEBRITY_FOLLOWERS rows: more followers are not pushed to.
  `create table if not exists timeline_readers (
    post_id uuid, user_id uuid, primary key (post_id, user_id)
  ) with ${small}`,
]

export async function makeTables(settings: CassandraSettings): Promise<void> {
  const client = cassandraClient(settings)
  try {
    await client.connect()
    const { keyspace, dataCenter } = settings
    const nodes = client.hosts.values().filter(({ datacenter }) => datacenter === dataCenter).length
    const copies = Math.max(1, Math.min(COPIES, nodes))
    // One that is there, with the copies that its owner chose, stays as it is.
    await client.execute(
      `create keyspace if not exists ${keyspace}
        with replication = {'class': 'NetworkTopologyStrategy', '${dataCenter}': ${copies}}`,
    )
    for (const table of tables)
      await client.execute(table.replace('if not exists ', `if not exists ${keyspace}.`))
  } catch (error) {
    throw new StartFailure(`Cassandra (CASSANDRA_CONTACT_POINTS) cannot be used: ${reasonOf(error)}.`, error)
  } finally {
    await client.shutdown()
  }
}

/** What the driver says of the first node it tried says more than that none could be used. */
function reasonOf(error: unknown): string {
  const { message, innerErrors } = error as Error & { innerErrors?: Record<string, Error> }
  return Object.values(innerErrors ?? {})[0]?.message ?? message
}
