import { spawn } from 'node:child_process'
import { chmod, mkdtemp, rm, statfs } from 'node:fs/promises'
import { freemem, tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '@tintype/server/engines/db/embedded/embedded'
import { migrate } from '@tintype/server/engines/db/postgres/migrate'
import type { TestProject } from 'vitest/node'
import { databaseUrl, onServer } from './database-server.ts'

const template = 'tintype_template'
const MEMORY = '/dev/shm'
const ENOUGH = 8 * 2 ** 30

/** One PostgreSQL for the whole run, in a directory that is gone afterwards, also when the run is killed; so is all that tests write. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { TMPDIR } = process.env
  const memory = (await hasMemory()) ? MEMORY : undefined
  const dir = await mkdtemp(join(memory ?? tmpdir(), 'tintype-test-'))
  if (memory) process.env.TMPDIR = dir
  // PostgreSQL runs as another user when the tests run as root; it may pass through, not look around.
  await chmod(dir, 0o711)
  const server = await startEmbedded({ dir, durable: false })
  const undertaker = watchOver(server.pid, dir)
  const failure = await makeTemplate(server.url)
  project.provide('postgres', { url: server.url, template, failure })
  return async () => {
    await server.stop()
    await rm(dir, { recursive: true, force: true })
    if (memory) Object.assign(process.env, { TMPDIR: TMPDIR ?? '/tmp' })
    undertaker.stdin?.end()
  }
}

/** A database is copied for nearly every file: some 700 files, which a disk makes in 400 ms and memory in 40. */
async function hasMemory(): Promise<boolean> {
  if (freemem() < ENOUGH) return false
  const room = await statfs(MEMORY).catch(() => undefined)
  return room !== undefined && room.bavail * room.bsize > ENOUGH
}

/** A migration that fails is told by the tests that need the tables, not by those that do not. */
async function makeTemplate(url: string): Promise<string | undefined> {
  await onServer(url, `create database ${template}`)
  try {
    const made = databaseUrl(url, template)
    await migrate(made)
    // What is deleted is gone at once, but for tests of the time to change one's mind.
    await onServer(made, 'update instance set deletion_days = 0')
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Reads a pipe that ends when this process does, whichever way. */
function watchOver(pid: number, dir: string) {
  const script =
    'cat >/dev/null; [ -d "$2" ] || exit; kill -INT "$1"; while kill -0 "$1" 2>/dev/null; do sleep 0.1; done; rm -rf "$2"'
  const child = spawn('/bin/sh', ['-c', script, 'sh', String(pid), dir], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
  })
  child.unref()
  return child
}
