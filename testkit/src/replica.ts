import { execFile } from 'node:child_process'
import { appendFile, chmod, chown, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type EmbeddedPostgres, startEmbedded } from '@tintype/server/engines/db/embedded/embedded'
import { migrate } from '@tintype/server/engines/db/postgres/migrate'
import { onServer } from './database-server.ts'

/** A migrated database, and a server that follows it. */
export interface TestReplica extends AsyncDisposable {
  url: string
  replicaUrl: string
  /** What the primary writes comes, and is not seen, until `resume`. */
  pause(): Promise<void>
  resume(): Promise<void>
}

/** Two servers on Unix sockets in a folder of their own. Takes some two seconds. */
export async function startReplica(): Promise<TestReplica> {
  await using started = new AsyncDisposableStack()
  const dir = await mkdtemp(join(tmpdir(), 'tintype-replica-'))
  started.defer(() => rm(dir, { recursive: true, force: true }))
  await chmod(dir, 0o711)
  const [one, two] = [join(dir, 'one'), join(dir, 'two')]
  await promisify(execFile)('mkdir', ['-m', '711', one, two])
  // A copy of a server that stands still is a backup; it goes on from there.
  await (await startEmbedded({ dir: one, durable: false })).stop()
  await promisify(execFile)('cp', ['-a', join(one, 'postgres'), join(two, 'postgres')])
  const primary = await startEmbedded({ dir: one, durable: false })
  started.defer(() => primary.stop())
  await follow(join(two, 'postgres'), primary)
  const replica = await startEmbedded({ dir: two, durable: false })
  started.defer(() => replica.stop())
  await migrate(primary.url)
  await onServer(primary.url, 'update instance set deletion_days = 0')
  const moved = started.move()
  return {
    url: primary.url,
    replicaUrl: replica.url,
    pause: () => onServer(replica.url, 'select pg_wal_replay_pause()'),
    resume: () => onServer(replica.url, 'select pg_wal_replay_resume()'),
    [Symbol.asyncDispose]: () => moved.disposeAsync(),
  }
}

async function follow(cluster: string, primary: EmbeddedPostgres): Promise<void> {
  const url = new URL(primary.url)
  const host = url.searchParams.get('host')
  const settings = `primary_conninfo = 'host=${host} port=5432 user=${url.username} password=${url.password}'\n`
  await appendFile(join(cluster, 'postgresql.auto.conf'), settings)
  const signal = join(cluster, 'standby.signal')
  await writeFile(signal, '')
  const { uid, gid } = await stat(cluster)
  await chown(signal, uid, gid)
}
