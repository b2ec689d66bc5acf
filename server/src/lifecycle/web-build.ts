import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { constants, existsSync } from 'node:fs'
import { access, chmod, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import { text } from 'node:stream/consumers'
import { stripVTControlCharacters } from 'node:util'
import { StartFailure } from '../kit/start-failure.ts'

export interface WebBuild {
  /** The checkout. */
  root: string
  /** Where the build goes when the checkout cannot be written. */
  dataDir: string
  /** Ends a build that is under way. */
  signal: AbortSignal
  /** Told when there is something to build, which takes a while. */
  onBuild(): void
}

/** Names the sources that a build was made from; lies in the build. */
const stamp = '.sources'
const sources = [
  'web/src',
  'web/public',
  'web/scripts',
  'web/index.html',
  'web/vite.config.ts',
  'contract/src',
  'package-lock.json',
]

/** Sees that there is a build of today's web app and answers its folder. Throws StartFailure. */
export async function ensureWebApp({ root, dataDir, signal, onBuild }: WebBuild): Promise<string> {
  const dist = join(root, 'web/dist')
  // An installation may bring the build alone.
  if (!existsSync(join(root, 'web/src'))) return dist
  const current = await fingerprint(root)
  const home = (await isWritable(join(root, 'web'))) ? dist : join(dataDir, 'web')
  for (const dir of [dist, home]) if (await isFrom(dir, current)) return dir
  onBuild()
  const draft = await mkdtemp(`${home}.draft-`)
  try {
    await runVite(join(root, 'web'), draft, signal)
    await writeFile(join(draft, stamp), current)
    for (const path of [draft, join(draft, stamp)]) await chmod(path, 0o755)
    await rm(home, { recursive: true, force: true })
    await rename(draft, home)
  } catch (error) {
    // Another server of this checkout may have been quicker.
    if (!(await isFrom(home, current))) throw error
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  return home
}

const isFrom = async (dir: string, current: string): Promise<boolean> =>
  (await readFile(join(dir, stamp), 'utf8').catch(() => '')) === current

const isWritable = (dir: string): Promise<boolean> =>
  access(dir, constants.W_OK).then(
    () => true,
    () => false,
  )

/** Of the names and bytes of everything a build is made from. Some 5 ms for 300 files. */
async function fingerprint(root: string): Promise<string> {
  const files = (await Promise.all(sources.map((path) => filesBelow(join(root, path))))).flat().sort()
  const hash = createHash('sha256')
  const contents = await Promise.all(files.map((file) => readFile(file)))
  for (const [index, file] of files.entries()) {
    if (/\.test\.tsx?$/.test(file)) continue
    hash.update(`${relative(root, file)}\0${contents[index]?.length}\0`).update(contents[index] ?? '')
  }
  return hash.digest('hex')
}

async function filesBelow(path: string): Promise<string[]> {
  try {
    const entries = await readdir(path, { recursive: true, withFileTypes: true })
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOTDIR' ? [path] : []
  }
}

/** In a process of its own: it takes seconds of a processor and much memory, neither of which the server should keep. */
async function runVite(web: string, outDir: string, signal: AbortSignal): Promise<void> {
  const vite = join(createRequire(join(web, 'package.json')).resolve('vite/package.json'), '../bin/vite.js')
  const args = [
    vite,
    'build',
    '--outDir',
    outDir,
    '--emptyOutDir',
    '--logLevel',
    'warn',
    '--configLoader',
    'native',
  ]
  // The server keeps what it writes to itself; the build is for whoever starts Tintype next.
  const child = spawn('/bin/sh', ['-c', 'umask 022; exec "$@"', 'sh', process.execPath, ...args], {
    cwd: web,
    signal,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production', FORCE_COLOR: '0' },
  })
  const [said, complained, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  if (code === 0) return
  throw explain(stripVTControlCharacters(`${complained}\n${said}`), outDir)
}

/** Vite's first words about the matter, without its headlines. */
function explain(output: string, outDir: string): StartFailure {
  if (/ENOSPC/.test(output))
    return new StartFailure(`The disk that holds ${outDir} is full; make room and start again.`)
  const headline = /^\s*(✗|WARN|error during build|Build failed|\[plugin)/
  const reason =
    output.split('\n').find((line) => line.trim() && !headline.test(line)) ?? 'vite gave no reason'
  return new StartFailure(
    `The web app could not be built: ${reason.trim().replace(/[.:]$/, '')} (npm run build -w web tells more).`,
  )
}
