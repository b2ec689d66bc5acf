import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { urlOfRunning } from '@tintype/server/engines/db/embedded/running'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { Figure } from './figures.ts'
import { defaultWorkloads } from './options.ts'

/** The benchmark as people start it, on the smallest data set: what it measures is of no interest here, but that it does. */
let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tintype-bench-'))
  // PostgreSQL runs as another user when the tests run as root; it may pass through, not look around.
  await chmod(dir, 0o711)
})
afterAll(() => rm(dir, { recursive: true, force: true }))
// One that a failed test left would keep the next from the data.
afterEach(async () => {
  if (!running || running.exitCode !== null || running.signalCode !== null) return
  const closed = once(running, 'close')
  running.kill('SIGTERM')
  await closed
})
let running: ChildProcess | undefined

interface Bench {
  child: ChildProcess
  said: { out: string; err: string }
}

function startBench(...more: string[]): Bench {
  const main = join(import.meta.dirname, 'main.ts')
  const args = [
    '--quick',
    '--size',
    'XS',
    '--seconds',
    '0.1',
    '--dir',
    dir,
    '--results',
    join(dir, 'results'),
  ]
  const child = spawn(process.execPath, [main, ...args, ...more], { stdio: ['ignore', 'pipe', 'pipe'] })
  running = child
  const said = { out: '', err: '' }
  child.stdout?.on('data', (chunk: Buffer) => (said.out += chunk))
  child.stderr?.on('data', (chunk: Buffer) => (said.err += chunk))
  return { child, said }
}

/** All of them take a minute and a half: `npm test` tries those that share little, `.ci/cluster` the others, too. */
const tried =
  process.env.BENCH_WORKLOADS === 'all' ? defaultWorkloads : (['home', 'writing', 'realtime'] as const)

it('measures without a wrong answer, and prints its tables', async () => {
  const { child, said } = startBench('--only', tried.join(','))
  const [code] = await once(child, 'close')
  expect({ code, ...said }).toMatchObject({ code: 0 })
  const [file = ''] = await readdir(join(dir, 'results'))
  const { figures } = JSON.parse(await readFile(join(dir, 'results', file), 'utf8')) as { figures: Figure[] }
  for (const name of tried) expect(said.err).toContain(`\n${name}:\n`)
  for (const { workload, name, runs, errors, wrong } of figures) {
    expect({ workload, name, errors, wrong }).toMatchObject({ errors: {}, wrong: {} })
    for (const [metric, value] of runs.flatMap((run) => Object.entries(run)))
      expect(value, `${workload}, ${name}, ${metric}`).toSatisfy(Number.isFinite)
    for (const { requests = 1 } of runs) expect(requests, `${workload}, ${name}`).toBeGreaterThan(0)
    expect(said.out).toContain(`### ${workload}\n`)
    expect(said.out).toContain(name)
  }
  expect(said.out).toMatch(/^\| reference: constant +\| +\d+ \|/m)
}, 600_000)

it('takes its server and the database with it when it is told to end', async () => {
  const { child, said } = startBench('--only', 'reading')
  const begun = Promise.withResolvers<void>()
  child.stderr?.on('data', () => said.err.includes('reading:\n') && begun.resolve())
  child.once('close', () => begun.reject(new Error(said.err)))
  await begun.promise
  // It is read from the file of a PostgreSQL that runs.
  const database = () => urlOfRunning(join(dir, 'XS-work'))
  expect(await database()).toMatch(/^postgres:/)
  child.kill('SIGTERM')
  const [code] = await once(child, 'close')
  expect(code).toBe(143)
  await expect(database()).rejects.toThrow('ENOENT')
}, 60_000)
