import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runStep } from './steps.ts'
import type { Count } from './test-report.ts'

/** Runs these projects of vitest, all their files or those below some folders, and counts. */
export async function vitest(projects: readonly string[], below: readonly string[] = []): Promise<Count> {
  const reports = mkdtempSync(join(tmpdir(), 'tintype-test-'))
  const report = join(reports, 'count.json')
  const only = projects.flatMap((project) => ['--project', project])
  const name = `tests: ${projects.join(', ')}`
  const reporters = ['--reporter=default', '--reporter=./tools/test-report.ts']
  const run = ['vitest', 'run', ...below, ...only, ...reporters] as const
  try {
    const { ok, output } = await runStep({ name, run }, { show: true, env: { TEST_REPORT: report } })
    const count = readCount(report)
    if (count && (ok || count.failed > 0)) return count
    // A run that broke off failed, whatever it counted.
    return { passed: count?.passed ?? 0, failed: 1, failures: [`${name} broke off. ${output}`], flaky: [] }
  } finally {
    rmSync(reports, { recursive: true, force: true })
  }
}

/** Said at the end, where it is read: thousands of lines may lie between. The last line sums all; so does the exit code. */
export function conclude(counts: readonly Count[]): void {
  for (const test of counts.flatMap(({ flaky }) => flaky))
    console.log(`↻ passed only when tried again: ${test}`)
  for (const failure of counts.flatMap(({ failures }) => failures)) console.log(`✗ ${failure}`)
  const sum = (key: 'passed' | 'failed') => counts.reduce((total, count) => total + count[key], 0)
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
  process.exitCode = sum('failed') === 0 ? 0 : 1
}

function readCount(report: string): Count | undefined {
  try {
    return JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    return undefined
  }
}
