import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startEmbedded } from '@tintype/server/engines/db/embedded/embedded'

export interface ClusterSeed extends AsyncDisposable {
  /** Puts a stopped cluster into a data directory, as an earlier start would have left it. */
  plant(dataDir: string): Promise<void>
}

/** Making a cluster takes a second of a processor; copying one takes a tenth of that. */
export async function makeClusterSeed(): Promise<ClusterSeed> {
  const dir = await mkdtemp(join(tmpdir(), 'tintype-seed-'))
  await chmod(dir, 0o711)
  await (await startEmbedded({ dir, durable: false })).stop()
  return {
    async plant(dataDir) {
      await mkdir(dataDir, { recursive: true, mode: 0o711 })
      await promisify(execFile)('cp', ['-a', join(dir, 'postgres'), join(dataDir, 'postgres')])
    },
    [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }),
  }
}
