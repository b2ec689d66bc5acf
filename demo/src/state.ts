import { existsSync } from 'node:fs'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { clearLeftover } from '@tintype/server/engines/db/embedded/leftover'
import { existingCluster } from '@tintype/server/engines/db/embedded/place'
import { StartFailure } from '@tintype/server/kit/start-failure'
import { lockDataDir } from '@tintype/server/lifecycle/lock'

/** What a demo's data directory says of itself in `demo.json`: nothing yet, being filled, or filled. */
export type State = 'absent' | 'filling' | 'ready'

const noteIn = (dir: string) => join(dir, 'demo.json')

/** Throws StartFailure where the directory holds somebody's real community. */
export async function readState(dir: string): Promise<State> {
  const note = await readFile(noteIn(dir), 'utf8').catch(() => undefined)
  if (note) return (JSON.parse(note) as { state: State }).state
  if (existsSync(join(dir, 'postgres')))
    throw new StartFailure(
      `${dir} holds a community that is not the demo; leave DATA_DIR unset, or set it to a new directory.`,
    )
  return 'absent'
}

export async function writeState(dir: string, state: State): Promise<void> {
  await writeFile(noteIn(dir), JSON.stringify({ state }), { flush: true })
}

/** Empties the directory of a demo that was interrupted while it was filled. Throws StartFailure while another process is at it. */
export async function discard(dir: string): Promise<void> {
  await using lock = await lockDataDir(dir)
  void lock
  const cluster = await existingCluster(dir)
  // A PostgreSQL whose server was killed may still run there.
  if (cluster) {
    await clearLeftover(cluster)
    await rm(cluster, { recursive: true, force: true })
  }
  for (const name of await readdir(dir))
    if (!name.startsWith('server.')) await rm(join(dir, name), { recursive: true, force: true })
}
