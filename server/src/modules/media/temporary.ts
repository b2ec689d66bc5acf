import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const PREFIX = 'tintype-media-'
const STALE_MS = 86_400_000

/** A folder of this process's own for files on their way to the decoder; what killed processes left is removed. */
export function temporaryFolder(): { path: string } & Disposable {
  const base = tmpdir()
  mkdirSync(base, { recursive: true })
  for (const name of readdirSync(base).filter((entry) => entry.startsWith(PREFIX))) {
    const found = statSync(join(base, name), { throwIfNoEntry: false })
    // Compared with the machine's time, which is what the file system wrote.
    if (found && Date.now() - found.mtimeMs > STALE_MS)
      rmSync(join(base, name), { recursive: true, force: true })
  }
  const path = mkdtempSync(join(base, PREFIX))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}
