import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

/** In place of the server: tells of signals, ends by itself on the second one, or when it is told to. */
const server = `
  let signals = 0
  console.log('up', process.pid)
  process.on('SIGTERM', () => {
    console.log('signal', ++signals)
    if (signals === 2) process.exit(1)
  })
  setInterval(() => {
    if (require('node:fs').existsSync('end')) process.exit(signals === 1 ? 0 : 3)
  }, 20)`

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tintype-npm-'))
  const own = await readFile(new URL('../../../package.json', import.meta.url), 'utf8')
  const { start } = JSON.parse(own).scripts
  await writeFile(join(dir, 'package.json'), JSON.stringify({ name: 'x', scripts: { start } }))
  await mkdir(join(dir, 'server/src'), { recursive: true })
  await writeFile(join(dir, 'server/src/main.ts'), server)
})
afterEach(() => rm(dir, { recursive: true, force: true }))

async function npmStart() {
  const npm = spawn('npm', ['start'], {
    cwd: dir,
    env: { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}` },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let said = ''
  npm.stdout.on('data', (chunk) => {
    said += chunk
  })
  await vi.waitFor(() => expect(said).toContain('up '), { timeout: 30_000, interval: 20 })
  const pid = Number(/up (\d+)/.exec(said)?.[1])
  const ended = once(npm, 'exit').then(([code]) => code)
  return {
    ended,
    async signal(count: number) {
      npm.kill('SIGTERM')
      await vi.waitFor(() => expect(said).toContain(`signal ${count}`))
    },
    release: () => writeFile(join(dir, 'end'), ''),
    isAlive() {
      try {
        return process.kill(pid, 0)
      } catch {
        return false
      }
    },
  }
}

test('a signal to npm reaches the server, and npm ends when it has ended', async () => {
  const { signal, release, ended, isAlive } = await npmStart()
  let code: unknown
  void ended.then((each) => {
    code = each
  })
  await signal(1)
  expect([code, isAlive()]).toEqual([undefined, true])
  await release()
  expect(await ended).toBe(0)
  expect(isAlive()).toBe(false)
})

test('so does a second one, and the exit code is the server’s', async () => {
  const first = await npmStart()
  await first.signal(1)
  await first.signal(2)
  expect(await first.ended).toBe(1)
  const second = await npmStart()
  await second.release()
  expect(await second.ended).toBe(3)
})
