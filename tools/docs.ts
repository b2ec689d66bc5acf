import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

// Holds the documentation to the code: links lead somewhere, commands and settings that are named exist, and no setting is missing.
const mistakes: string[] = []
const pages = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  encoding: 'utf8',
})
  .trim()
  .split('\n')
  .filter((page) => existsSync(page))

for (const page of pages) {
  for (const [, target = ''] of readFileSync(page, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)) {
    const path = target.split('#', 1)[0] ?? ''
    if (path && !/^[a-z]+:/.test(path) && !existsSync(join(dirname(page), path)))
      mistakes.push(`${page} links to ${target}, which is not there.`)
  }
}

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
const known = new Set([...Object.keys(scripts), 'build'])
for (const page of pages) {
  for (const [, script = ''] of readFileSync(page, 'utf8').matchAll(/npm run ([a-z:-]+)/g))
    if (!known.has(script)) mistakes.push(`${page} names “npm run ${script}”, which is not there.`)
}

const readme = readFileSync('README.md', 'utf8')
const table = readme.slice(readme.indexOf('## Configuration'), readme.indexOf('## How it scales'))
const config = ['server/src/config.ts', ...globSync('server/src/engines/*/{open,*/settings}.ts')]
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n')
const listed = namesIn(table, /`([A-Z][A-Z0-9_]{3,})`/g)
const read = namesIn(config, /read\.\w+\(\s*'([A-Z0-9_]+)'/g)
for (const name of read)
  if (!listed.has(name)) mistakes.push(`README.md does not tell of the setting ${name}.`)
for (const name of listed)
  if (!read.has(name)) mistakes.push(`README.md tells of ${name}, which is no setting.`)

// A default that the code states as a plain value stands in the setting's row.
for (const [, name = '', plain = ''] of config.matchAll(
  /read\.\w+\(\s*'([A-Z0-9_]+)',\s*([\d_]+|'[^']+'|true|false)\b/g,
)) {
  const value = plain.replaceAll(/[_']/g, '')
  const row = table.split('\n').find((line) => line.includes(`\`${name}\``))
  if (row && !row.includes(`\`${value}\``))
    mistakes.push(`README.md does not say that ${name} is ${value} unless set.`)
}

function namesIn(text: string, pattern: RegExp): Set<string> {
  return new Set([...text.matchAll(pattern)].map(([, name = '']) => name))
}

for (const mistake of mistakes) console.log(mistake)
process.exitCode = mistakes.length === 0 ? 0 : 1
