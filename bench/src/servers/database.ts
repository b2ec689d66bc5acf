import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { passwordOf } from '@tintype/server/engines/db/embedded/cluster'
import { existingCluster } from '@tintype/server/engines/db/embedded/place'

/** The URL of the embedded database of a server that runs: for the references, and to look at what the server wrote. */
export async function databaseUrlOf(dataDir: string): Promise<string> {
  const cluster = (await existingCluster(dataDir)) ?? join(dataDir, 'postgres')
  const lines = (await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')
  const said = lines[4]?.trim() || '.'
  const socketDir = said === '.' ? cluster : said
  return `postgres://tintype:${await passwordOf(cluster)}@localhost/tintype?host=${encodeURIComponent(socketDir)}`
}
