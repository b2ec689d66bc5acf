import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { afterEach, describe, expect, test, vi } from 'vitest'

/** Logs as many lines as it is told to, and tells how many were dropped. */
const program = `
  const { createLogger } = await import('${new URL('./logger.ts', import.meta.url).href}')
  const { droppedLines } = await import('${new URL('./log-lines.ts', import.meta.url).href}')
  const logger = createLogger({ level: 'info', pretty: process.env.PRETTY === 'yes' })
  process.stdout.on('error', () => {})
  process.on('message', (lines) => {
    for (let line = 0; line < lines; line++) logger.info({ line }, 'x'.repeat(1000))
    process.send(droppedLines())
  })
  process.send('up')`

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

async function logging(stdout: StdioOptions, env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', stdout, 'pipe', 'ipc'] as StdioOptions,
    env,
  })
  children.push(child)
  await once(child, 'message')
  return {
    child,
    /** Has it log; answers how many lines it has dropped since it started. */
    async log(lines: number): Promise<number> {
      child.send(lines)
      const [dropped] = await once(child, 'message')
      return dropped
    },
  }
}

describe.runIf(process.platform === 'linux')('a log that cannot be written costs its lines', () => {
  test.each(['no', 'yes'])('when the disk is full (for a person at a terminal: %s)', async (PRETTY) => {
    const full = openSync('/dev/full', 'w')
    const { child, log } = await logging(full as unknown as StdioOptions, { PRETTY })
    closeSync(full)
    expect(await log(10)).toBe(10)
    expect(await log(5)).toBe(15)
    expect(child.exitCode).toBeNull()
  })

  test('when its reader has gone', async () => {
    const { child, log } = await logging('pipe')
    expect(await log(3)).toBe(0)
    child.stdout?.destroy()
    await vi.waitFor(async () => expect(await log(1)).toBeGreaterThan(0))
    expect(child.exitCode).toBeNull()
  })

  test('when its reader stands still: a megabyte waits, and whole lines come when it goes on', async () => {
    const { child, log } = await logging('pipe')
    expect(await log(500)).toBe(0)
    const dropped = await log(3000)
    expect(dropped).toBeGreaterThan(1000)
    let text = ''
    child.stdout?.on('data', (chunk) => {
      text += chunk
    })
    await vi.waitFor(() => expect(text.split('\n').length - 1).toBe(3500 - dropped), 10_000)
    for (const line of text.trimEnd().split('\n')) expect(JSON.parse(line).msg).toHaveLength(1000)
    expect(await log(1)).toBe(dropped)
  })
})
