import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { runStep } from './steps.ts'

/** Gzipped bytes of JavaScript that a first visit loads before anything can be used. */
const BUDGET = 170 * 1024
const dist = 'web/dist'

if (process.argv.includes('--build')) {
  const build = await runStep({ name: 'vite build', run: ['npm', 'run', '--silent', 'build', '-w', 'web'] })
  if (!build.ok) throw new Error(build.output)
}
const page = readFileSync(join(dist, 'index.html'), 'utf8')
const scripts = new Set(
  [...page.matchAll(/<(?:script|link)\b[^>]*\b(?:src|href)="([^"]+\.js)"/g)].map(([, path]) => path ?? ''),
)
const size = [...scripts].reduce((sum, path) => sum + gzipSync(readFileSync(join(dist, path))).length, 0)
console.log(`initial JavaScript: ${kb(size)} of ${kb(BUDGET)} KB gzip, in ${scripts.size} files`)
if (size > BUDGET) process.exitCode = 1

function kb(bytes: number): string {
  return (bytes / 1024).toFixed(1)
}
