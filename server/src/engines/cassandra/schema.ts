import { StartFailure } from '../../kit/start-failure.ts'
import { cassandraClient } from './connection.ts'
import type { CassandraSettings } from './port.ts'

const COPIES = 3

/**
 * Tombstones go after the three hours for which nodes keep what one that is away has missed: what comes back by that can be an id in a
 * timeline, which readers judge anyway.
 */
const small = `compaction = {'class': 'LeveledCompactionStrategy'} and gc_grace_seconds = 10800`

/** Tombstones stay for ten days, in which an owner repairs: what was deleted of messages must not come back. */
const kept = `compaction = {'class': 'LeveledCompactionStrategy'} and gc_grace_seconds = 864000`

const tables = [
  `create table if not exists timeline_entries (
    user_id uuid, post_id uuid, author_id uuid, primary key (user_id, post_id)
  ) with clustering order by (post_id desc) and ${small}`,
  // In whose timelines a post is. At most CELEBRITY_FOLLOWERS rows: more followers are not pushed to.
  `create table if not exists timeline_readers (
    post_id uuid, user_id uuid, primary key (post_id, user_id)
  ) with ${small}`,
  // A row for each message (name: empty) and, in the same partition, one for each name that its sender's device gave it.
  `create table if not exists conversation_messages (
    conversation_id uuid, bucket int, name text, message_id uuid,
    last_place text static, is_full boolean static, size int static,
    named_id uuid, sender_id uuid, client_message_id text, content text, marks text, version int,
    primary key ((conversation_id, bucket), name, message_id)
  ) with clustering order by (name asc, message_id desc) and ${kept}`,
  // Where buckets after the first begin.
  `create table if not exists conversation_buckets (
    conversation_id uuid, bucket int, after text, primary key (conversation_id, bucket)
  ) with ${kept}`,
  // Names in buckets that are full.
  `create table if not exists message_names (
    conversation_id uuid, name text, message_id uuid, primary key ((conversation_id, name))
  ) with ${kept}`,
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
