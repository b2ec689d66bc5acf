import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checks } from './check.ts'
import { type Outcome, runAll, runStep } from './steps.ts'
import type { Count } from './test-report.ts'

/** `npm test`: the checks, the web build with its size budget, and every test; closes with one line that sums all of it. */
const reports = mkdtempSync(join(tmpdir(), 'tintype-test-'))
const counts: Count[] = []
try {
  const build = { name: 'web build and its size', run: ['node', 'tools/web-build.ts'] } as const
  // Many tests wait for processes and limits; meanwhile the checks have what is left of the machine, one after the other.
  const [outcomes, tests] = await Promise.all([
    runAll([build, ...checks], 1),
    vitest(['unit', 'server', 'web']),
  ])
  counts.push(...outcomes.map(countOf), tests)
  // Two browsers keep two cores busy by themselves.
  counts.push(await vitest(['e2e']))
} finally {
  rmSync(reports, { recursive: true, force: true })
}
// Said at the end, where it is read: thousands of lines may lie between.
for (const test of counts.flatMap(({ flaky }) => flaky))
  console.log(`↻ passed only when tried again: ${test}`)
for (const failure of counts.flatMap(({ failures }) => failures)) console.log(`✗ ${failure}`)
const sum = (key: 'passed' | 'failed') => counts.reduce((total, count) => total + count[key], 0)
console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
process.exitCode = sum('failed') === 0 ? 0 : 1

function countOf({ name, ok }: Outcome): Count {
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, failures: ok ? [] : [name], flaky: [] }
}

async function vitest(projects: readonly string[]): Promise<Count> {
  const report = join(reports, `${projects.join('-')}.json`)
  const only = projects.flatMap((project) => ['--project', project])
  const name = `tests: ${projects.join(', ')}`
  const run = ['vitest', 'run', ...only, '--reporter=default', '--reporter=./tools/test-report.ts'] as const
  const { ok, output } = await runStep({ name, run }, { show: true, env: { TEST_REPORT: report } })
  const count = readCount(report)
  if (count && (ok || count.failed > 0)) return count
  // A run that broke off failed, whatever it counted.
  return { passed: count?.passed ?? 0, failed: 1, failures: [`${name} broke off. ${output}`], flaky: [] }
}

function readCount(report: string): Count | undefined {
  try {
    return JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    return undefined
  }
}
