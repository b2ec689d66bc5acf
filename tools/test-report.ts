import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { Reporter, SerializedError, TestModule } from 'vitest/node'

/** What `npm test` sums up of a part of it. */
export interface Count {
  passed: number
  failed: number
  /** What failed, a few lines each. */
  failures: string[]
  /** What passed only when it was tried again. */
  flaky: string[]
}

/** Writes the count to the file that `TEST_REPORT` names. */
export default class TestReport implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const failed = tests.filter((test) => test.result().state === 'failed')
    const brokenFiles = modules.filter((module) => module.errors().length > 0)
    const count: Count = {
      passed: tests.filter((test) => test.result().state === 'passed').length,
      failed: failed.length + brokenFiles.length + unhandled.length,
      failures: [
        ...failed.map((test) => entry(test.module, test.fullName, test.result().errors ?? [])),
        ...brokenFiles.map((module) => entry(module, 'outside of a test', module.errors())),
        ...unhandled.map((error) => firstLines(error)),
      ],
      flaky: tests
        .filter((test) => test.diagnostic()?.flaky)
        .map((test) => entry(test.module, test.fullName, test.result().errors ?? [])),
    }
    writeFileSync(process.env.TEST_REPORT ?? '', JSON.stringify(count))
  }
}

/** The first error: what a second try says may be of what the first left behind. */
function entry({ moduleId }: TestModule, name: string, errors: readonly SerializedError[]): string {
  return [`${relative(process.cwd(), moduleId)} > ${name}`, ...errors.slice(0, 1).map(firstLines)].join('\n')
}

function firstLines({ message, stack = '' }: SerializedError): string {
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line) && !line.includes('node_modules'))
  return [...message.split('\n').slice(0, 12), ...frames.slice(0, 4)].join('\n')
}
