import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const PREFIX = 'tintype-media-'
/** What is held by whoever works in a folder; see lifecycle/lock.ts for why this is a lock. */
const LOCK = 'lock'
/** A folder without a lock is one that is just being made, unless it is so old. */
const UNLOCKED_MS = 86_400_000

/** A folder of this process's own for files on their way to the decoder; what killed processes left is removed. */
export function temporaryFolder(): { path: string } & Disposable {
  const base = tmpdir()
  mkdirSync(base, { recursive: true })
  for (const name of readdirSync(base).filter((entry) => entry.startsWith(PREFIX)))
    removeAbandoned(join(base, name))
  const path = mkdtempSync(join(base, PREFIX))
  const lock = hold(join(path, LOCK))
  return {
    path,
    [Symbol.dispose]() {
      lock?.close()
      rmSync(path, { recursive: true, force: true })
    },
  }
}

function removeAbandoned(folder: string): void {
  const file = join(folder, LOCK)
  try {
    if (existsSync(file)) {
      const lock = hold(file)
      if (!lock) return
      lock.close()
    }
    // Compared with the machine's time, which is what the file system wrote.
    else if (Date.now() - statSync(folder).mtimeMs < UNLOCKED_MS) return
    rmSync(folder, { recursive: true, force: true })
  } catch {
    // Another user's, or gone meanwhile.
  }
}

/** Undefined where another process holds it. */
function hold(file: string): DatabaseSync | undefined {
  const database = new DatabaseSync(file, { timeout: 0 })
  try {
    database.exec('pragma journal_mode = memory; begin exclusive')
    return database
  } catch (error) {
    database.close()
    if (/locked/.test(String(error))) return undefined
    throw error
  }
}
