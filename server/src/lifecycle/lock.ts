import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StartFailure } from '../kit/start-failure.ts'

export interface DataDirLock extends AsyncDisposable {
  /** Leaves word for whoever meets the lock: where this server listens. */
  tell(url: string | undefined): Promise<void>
}

/** The data directory belongs to a server that runs. */
export class AlreadyRunning extends StartFailure {}

/**
 * At most one server works on a data directory. Node has no file locks, but SQLite does: an exclusive transaction on an empty
 * file is a lock of the operating system that ends with the process, however it ends, and that holds between containers too,
 * where process numbers mean nothing. Throws StartFailure.
 */
export async function lockDataDir(dir: string): Promise<DataDirLock> {
  const about = join(dir, 'server.json')
  const database = new DatabaseSync(join(dir, 'server.lock'), { timeout: 0 })
  try {
    database.exec('pragma journal_mode = memory; begin exclusive')
  } catch (error) {
    database.close()
    throw /locked/.test(String(error)) ? await taken(dir, about) : unusable(dir, error)
  }
  const write = (url: string | undefined) =>
    writeFile(about, JSON.stringify({ pid: process.pid, url }), { mode: 0o600 })
  await write(undefined)
  return {
    tell: write,
    async [Symbol.asyncDispose]() {
      await rm(about, { force: true })
      database.close()
    },
  }
}

async function taken(dir: string, about: string): Promise<AlreadyRunning> {
  let known: { pid?: number; url?: string } = {}
  try {
    known = JSON.parse(await readFile(about, 'utf8'))
  } catch {}
  const where = [known.pid ? `process ${known.pid}` : '', known.url ?? ''].filter(Boolean).join(', ')
  return new AlreadyRunning(
    `Tintype is already running on ${dir}${where ? ` (${where})` : ''}; stop it first, or set DATA_DIR to another directory.`,
  )
}

const unusable = (dir: string, error: unknown) =>
  new StartFailure(`The data directory ${dir} cannot be locked: ${String(error)}.`, error)
