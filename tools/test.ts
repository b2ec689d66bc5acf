import { checks } from './check.ts'
import { conclude, vitest } from './counted.ts'
import { type Outcome, runAll } from './steps.ts'
import type { Count } from './test-report.ts'

/** `npm test`: the checks, the web build with its size budget, and every test; closes with one line that sums all of it. */
const build = { name: 'web build and its size', run: ['node', 'tools/web-build.ts'] } as const
// Many tests wait for processes and limits; meanwhile the checks have what is left of the machine, one after the other.
const [outcomes, tests] = await Promise.all([
  runAll([build, ...checks], 1),
  vitest(['unit', 'server', 'web']),
])
// Two browsers keep two cores busy by themselves.
conclude([...outcomes.map(countOf), tests, await vitest(['e2e'])])

function countOf({ name, ok }: Outcome): Count {
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, failures: ok ? [] : [name], flaky: [] }
}
