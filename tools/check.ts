import { runAll, type Step } from './steps.ts'

/** Remembers what it found: once more after a small change is 3 s of a processor instead of 22. */
function typesOf(project: string): Step['run'] {
  const memory = `node_modules/.cache/tintype-types/${project.replaceAll('/', '-')}`
  return ['tsc', '-p', project, '--incremental', '--tsBuildInfoFile', memory]
}

/** All that can be said about the code without running it. */
export const checks: readonly Step[] = [
  { name: 'types: server, contract, tools', run: typesOf('tsconfig.json') },
  { name: 'types: browser tests', run: typesOf('e2e/tsconfig.json') },
  { name: 'types: web', run: typesOf('web/tsconfig.json') },
  { name: 'lint, format and budgets', run: ['biome', 'check', '--error-on-warnings', '.'] },
  {
    name: 'import rule',
    run: [
      'depcruise',
      '--config',
      '.dependency-cruiser.mjs',
      'contract',
      'server',
      'web',
      'testkit',
      'e2e',
      'demo',
      'bench',
      'tools',
    ],
  },
  { name: 'dead code', run: ['knip'] },
  { name: 'documentation', run: ['node', 'tools/docs.ts'] },
]

if (import.meta.main) {
  const outcomes = await runAll(checks)
  process.exitCode = outcomes.every(({ ok }) => ok) ? 0 : 1
}
