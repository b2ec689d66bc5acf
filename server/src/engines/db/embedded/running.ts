import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { passwordOf } from './cluster.ts'
import { existingCluster } from './place.ts'

/** The URL of the embedded database of a server that runs on this data directory. Rejects where none does. */
export async function urlOfRunning(dataDir: string): Promise<string> {
  const cluster = (await existingCluster(dataDir)) ?? join(dataDir, 'postgres')
  const lines = (await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')
  const said = lines[4]?.trim() || '.'
  const socketDir = said === '.' ? cluster : said
  return `postgres://tintype:${await passwordOf(cluster)}@localhost/tintype?host=${encodeURIComponent(socketDir)}`
}
