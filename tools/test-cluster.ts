import { spawnSync } from 'node:child_process'
import { conclude, vitest } from './counted.ts'

/**
 * `npm run test:cluster`: the engines of a cluster, real ones on loopback, against the suites of their ports; then the server's own tests
 * on them. With `--short` the suites alone.
 */
const needed = ['redis-server', 'redis-cli']
const missing = needed.filter((program) => spawnSync(program, ['--version']).error)
if (missing.length > 0) {
  console.error(`Not on the PATH: ${missing.join(', ')}. On Debian: apt-get install redis-server`)
  process.exit(1)
}
const projects = process.argv.includes('--short') ? ['cluster'] : ['cluster', 'server-on-cluster']
conclude([await vitest(projects)])
