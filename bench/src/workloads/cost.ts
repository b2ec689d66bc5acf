import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { untilQuiet } from '../servers/quiet.ts'
import { only, type Stage } from '../stage.ts'
import { asksToPost } from './mix.ts'

const W = 'cost'
const MB = 2 ** 20

/** (8) Memory at rest and under load, what a post writes, and what a member takes on disk. */
export async function cost(stage: Stage): Promise<void> {
  await stage.restart()
  await pause(stage.options.quick ? 1000 * stage.options.seconds : 10_000)
  await noteMemory(stage, 'memory at rest, MB')
  const viewers = stage.viewers.some('ordinary', 500)
  const asks = viewers.map(({ token }) => ({ method: 'GET' as const, path: '/api/v1/feed/home', token }))
  const traffic = only('home', asks, { kind: 'posts', order: 'any', limit: 20 })
  await stage.runs(async () => {
    const reading = stage.measure(W, 'home feed while memory is looked at, 64 connections', traffic, {
      connections: 64,
    })
    await pause((stage.options.warmupSeconds + stage.options.seconds) * 800)
    await noteMemory(stage, 'memory under load, MB')
    await reading
  })
  await notePosts(stage)
  const { rows, bytes } = stage.manifest
  stage.figures.add(W, 'disk', { 'database bytes per member': bytes / (rows.users ?? 1) })
}

async function noteMemory(stage: Stage, name: string): Promise<void> {
  const { memory } = stage.tintype.usage()
  const parts = Object.entries(memory).map(([process, bytes]) => [process, bytes / MB])
  stage.figures.add(W, name, Object.fromEntries(parts) as Record<string, number>)
}

/** One small photograph each, by ordinary members: with everything that follows, fan-out above all. */
async function notePosts(stage: Stage): Promise<void> {
  const posts = stage.options.quick ? 20 : 200
  const asks = await asksToPost(stage, stage.viewers.some('ordinary', 100), posts)
  await untilQuiet(stage.tintype)
  const before = await written(stage)
  await stage.measure(
    W,
    'posts, one connection',
    only('post', asks, { kind: 'object', keys: ['post_id'] }, 'once'),
    {
      connections: 1,
      warmupSeconds: 0,
      seconds: 60,
    },
  )
  await untilQuiet(stage.tintype)
  const after = await written(stage)
  stage.figures.add(W, 'a post', {
    'bytes of write-ahead log': (after.log - before.log) / posts,
    'timeline entries': (after.entries - before.entries) / posts,
    'bytes of files': (after.files - before.files) / posts,
  })
}

async function written(stage: Stage): Promise<{ log: number; entries: number; files: number }> {
  const [row] = await stage.sql`
    select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 as log,
      (select sum(n_tup_ins)::float8 from pg_stat_user_tables where relname like 'timeline_entries_%') as entries`
  return {
    log: row?.log ?? 0,
    entries: row?.entries ?? 0,
    files: await bytesBelow(join(stage.options.dataDir, 'objects')),
  }
}

async function bytesBelow(dir: string): Promise<number> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  const sizes = await Promise.all(
    entries.map(async (entry) =>
      entry.isFile() ? (await stat(join(entry.parentPath, entry.name))).size : 0,
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
