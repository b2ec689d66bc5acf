import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { temporaryFolder } from './temporary.ts'

let base: string
const children: ChildProcess[] = []
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'tintype-temporary-'))
  vi.stubEnv('TMPDIR', base)
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  vi.unstubAllEnvs()
  await rm(base, { recursive: true, force: true })
})

/** A process that works in a folder of its own. */
async function working(): Promise<{ child: ChildProcess; folder: string }> {
  const program = `
    const { temporaryFolder } = await import('${new URL('./temporary.ts', import.meta.url).href}')
    globalThis.folder = temporaryFolder()
    process.send(folder.path)
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  children.push(child)
  const [path] = await once(child, 'message')
  return { child, folder: basename(path) }
}

test('what a killed process left is removed by the next one, what others work in is not', async () => {
  const [killed, alive] = await Promise.all([working(), working()])
  killed.child.kill('SIGKILL')
  await once(killed.child, 'exit')
  await mkdir(join(base, 'tintype-media-just-made'))
  const mine = temporaryFolder()
  const beside = temporaryFolder()
  const left = [alive.folder, 'tintype-media-just-made', basename(mine.path), basename(beside.path)]
  expect((await readdir(base)).sort()).toEqual(left.sort())
  mine[Symbol.dispose]()
  beside[Symbol.dispose]()
  expect((await readdir(base)).sort()).toEqual([alive.folder, 'tintype-media-just-made'].sort())
})
