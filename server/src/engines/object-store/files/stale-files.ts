import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** A write that is alive touches its file far more often than this; what is older was left by a crash. */
const STALE_MS = 15 * 60_000

/** Removes what a killed process left half-written. Age decides, because another process may be writing here now. */
export async function sweepStale(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const found = await stat(path).catch(() => undefined)
    // The file system's own clock made these times, so they are compared with the machine's, not with a test's.
    if (found && Date.now() - found.mtimeMs > STALE_MS) await rm(path, { force: true })
  }
}
