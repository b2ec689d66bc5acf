import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { lstat, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Above it, copying would take longer than it is worth. */
const COPIED_UP_TO = 2 * 2 ** 30

/**
 * Workloads write; so that every run begins with the same data, they are given a copy where that is small. Larger data sets (and
 * clusters that lie elsewhere, see embedded-place.ts) are worked on as they are.
 */
export async function workingCopy(dir: string, bytes: number): Promise<string> {
  const cluster = await lstat(join(dir, 'postgres'))
  if (bytes > COPIED_UP_TO || cluster.isSymbolicLink()) return dir
  const copy = `${dir}-work`
  if (existsSync(copy)) await rm(copy, { recursive: true })
  await promisify(execFile)('cp', ['-a', dir, copy])
  return copy
}
