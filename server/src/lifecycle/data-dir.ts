import { randomUUID } from 'node:crypto'
import { access, mkdir, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { StartFailure } from '../kit/start-failure.ts'

/** Below this PostgreSQL cannot even write its log of changes, and would go down with the first post. */
const leastFree = 64 * 2 ** 20

/** Stands in a data directory while a backup is brought back into it. */
export const RESTORING = 'restoring'

/** Makes the data directory and sees that it can be worked in. Throws StartFailure. */
export async function prepareDataDir(dir: string): Promise<void> {
  try {
    // As root, PostgreSQL's own account must pass through; nobody else is to look around.
    await makeFolders(dir, process.getuid?.() === 0 ? 0o711 : 0o700)
    const probe = join(dir, `.write-test-${randomUUID()}`)
    await writeFile(probe, 'x', { flush: true })
    await rm(probe)
  } catch (error) {
    throw explain(dir, error as NodeJS.ErrnoException)
  }
  if (await exists(join(dir, RESTORING)))
    throw new StartFailure(
      `A backup was not brought back into ${dir} to its end; empty it (and what postgres in it points to) and run npm run restore again.`,
    )
  const { bavail, bsize } = await statfs(dir)
  const free = bavail * bsize
  if (free < leastFree)
    throw new StartFailure(
      `The disk that holds ${dir} is full (${Math.floor(free / 2 ** 20)} MB left, ${leastFree / 2 ** 20} MB are needed); make room and start again.`,
    )
}

/** One after the other: Node's `recursive` tries for ever where a file system lets nobody make a folder (`/proc`). */
async function makeFolders(dir: string, mode: number): Promise<void> {
  const parent = dirname(dir)
  try {
    await makeFolder(dir, mode)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === dir) throw error
    if (!(await exists(parent))) await makeFolders(parent, mode)
    // Its parent is there, made here or meanwhile by another process.
    await makeFolder(dir, mode)
  }
}

/** Also where it is there. */
async function makeFolder(dir: string, mode: number): Promise<void> {
  try {
    await mkdir(dir, { mode })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !(await stat(dir)).isDirectory()) throw error
  }
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )

function explain(dir: string, error: NodeJS.ErrnoException): Error {
  switch (error.code) {
    case 'EACCES':
    case 'EPERM':
      return new StartFailure(
        `The data directory ${dir} cannot be written by this user; set DATA_DIR to one that can, or start as its owner.`,
        error,
      )
    case 'EROFS':
      return new StartFailure(
        `The data directory ${dir} is on a read-only disk; set DATA_DIR to another one.`,
        error,
      )
    case 'ENOTDIR':
    case 'EEXIST':
      return new StartFailure(`The data directory ${dir} is not a directory; set DATA_DIR to one.`, error)
    case 'ENOSPC':
    case 'EDQUOT':
      return new StartFailure(`The disk that holds ${dir} is full; make room and start again.`, error)
    default:
      return new StartFailure(`The data directory ${dir} cannot be used: ${error.message}.`, error)
  }
}
