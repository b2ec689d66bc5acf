import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { lstat, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Above it, copying would take longer than it is worth. */
const COPIED_UP_TO = 2 * 2 ** 30

/**
 * Workloads write; so that every run begins with the same data, they are given a copy where that is small. Larger data sets (and
 * clusters that lie elsewhere, see embedded-place.ts) are worked on as they are.
 */
export async function workingCopy(dir: string, bytes: number): Promise<string> {
  await hold(dir)
  const cluster = await lstat(join(dir, 'postgres'))
  if (bytes > COPIED_UP_TO || cluster.isSymbolicLink()) return dir
  const copy = `${dir}-work`
  if (existsSync(copy)) await rm(copy, { recursive: true })
  await promisify(execFile)('cp', ['-a', dir, copy])
  return copy
}

/** Two benchmarks on one data set would take it away from under each other. Throws where one is under way. */
async function hold(dir: string): Promise<void> {
  const file = `${dir}.pid`
  const holder = Number(await readFile(file, 'utf8').catch(() => '0'))
  if (holder > 0 && holder !== process.pid && isAlive(holder))
    throw new Error(`${dir} is being used by another benchmark (process ${holder}).`)
  await writeFile(file, String(process.pid))
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
