import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checks } from './check.ts'
import { runAll, runStep } from './steps.ts'

/** `npm test`: the checks, the web build with its size budget, and every test; closes with one line that sums all of it. */
interface Count {
  passed: number
  failed: number
}

const reports = mkdtempSync(join(tmpdir(), 'tintype-test-'))
const counts: Count[] = []
try {
  const build = { name: 'web build and its size', run: ['node', 'tools/web-build.ts'] } as const
  // Many tests wait for processes and limits; meanwhile the checks have what is left of the machine, one after the other.
  const [outcomes, tests] = await Promise.all([
    runAll([build, ...checks], 1),
    vitest(['unit', 'server', 'web']),
  ])
  counts.push(...outcomes.map(({ ok }) => countOf(ok)), tests)
  // Two browsers keep two cores busy by themselves.
  counts.push(await vitest(['e2e']))
} finally {
  rmSync(reports, { recursive: true, force: true })
}
const sum = (key: keyof Count) => counts.reduce((total, count) => total + count[key], 0)
console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
process.exitCode = sum('failed') === 0 ? 0 : 1

function countOf(ok: boolean): Count {
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 }
}

async function vitest(projects: readonly string[]): Promise<Count> {
  const report = join(reports, `${projects.join('-')}.json`)
  const only = projects.flatMap((project) => ['--project', project])
  const args = ['run', ...only, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const name = `tests: ${projects.join(', ')}`
  const { ok, output } = await runStep({ name, run: ['vitest', ...args] }, true)
  const count = readCount(report)
  if (!count) console.log(`✗ ${name} broke off without a report. ${output}`)
  // A run that broke outside a test (a hook, a worker, a file that does not load) failed, whatever it counted.
  return ok && count ? count : { passed: count?.passed ?? 0, failed: Math.max(1, count?.failed ?? 0) }
}

function readCount(report: string): Count | undefined {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'))
    return { passed: Number(numPassedTests), failed: Number(numFailedTests) }
  } catch {
    return undefined
  }
}
