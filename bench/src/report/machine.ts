import { execFileSync } from 'node:child_process'
import { cpus, loadavg, release, totalmem } from 'node:os'

/** What figures depend on beside the code. */
export function machine(checkout: string) {
  return {
    at: new Date().toISOString(),
    commit: git(checkout, 'rev-parse', 'HEAD'),
    changed: git(checkout, 'status', '--porcelain', '--', 'server', 'contract') !== '',
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    /** Of the minute before: what others do on this machine. */
    loadBefore: loadavg()[0],
    kernel: release(),
    node: process.version,
  }
}

function git(cwd: string, ...args: string[]): string {
  try {
    return execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return ''
  }
}
