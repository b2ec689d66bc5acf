import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ensureWebApp } from './web-build.ts'

let root: string
let dataDir: string
const onBuild = vi.fn()

/** A checkout with a web app of one page and one script. */
beforeEach(async () => {
  onBuild.mockReset()
  root = await mkdtemp(join(tmpdir(), 'tintype-web-'))
  dataDir = join(root, 'data')
  await Promise.all(
    ['web/src', 'contract/src', 'data'].map((dir) => mkdir(join(root, dir), { recursive: true })),
  )
  await symlink(join(import.meta.dirname, '../../../node_modules'), join(root, 'node_modules'))
  await file('web/index.html', '<script type="module" src="/src/main.ts"></script>')
  await file('web/src/main.ts', 'console.log("first look")')
  await file('package-lock.json', '{}')
})
afterEach(() => rm(root, { recursive: true }))

const file = (path: string, text: string) => writeFile(join(root, path), text)
const ensure = (signal = new AbortController().signal) => ensureWebApp({ root, dataDir, signal, onBuild })
const page = (dir: string) => readFile(join(dir, 'index.html'), 'utf8')

test('builds once, and again when the sources have changed', async () => {
  const dir = await ensure()
  expect(dir).toBe(join(root, 'web/dist'))
  const first = await page(dir)
  expect(first).toMatch(/assets\/index-.*\.js/)
  await ensure()
  await file('web/src/main.test.ts', 'tests are not part of it')
  await ensure()
  expect(onBuild).toHaveBeenCalledTimes(1)
  await file('web/src/main.ts', 'console.log("second look")')
  await ensure()
  expect(onBuild).toHaveBeenCalledTimes(2)
  expect(await page(dir)).not.toBe(first)
})

test('a build that fails says why, in one sentence, and leaves the one before', async () => {
  const dir = await ensure()
  const first = await page(dir)
  await file('web/src/main.ts', 'import "./gone.ts"')
  await expect(ensure()).rejects.toThrow(/^The web app could not be built: .*gone\.ts.*\.$/)
  expect(await page(dir)).toBe(first)
})

test('a build that is called off leaves nothing', async () => {
  const stop = new AbortController()
  onBuild.mockImplementation(() => setTimeout(() => stop.abort(), 20))
  await expect(ensure(stop.signal)).rejects.toThrow(/abort/i)
  expect(existsSync(join(root, 'web/dist'))).toBe(false)
})

test('takes a ready build where there are no sources', async () => {
  await rm(join(root, 'web/src'), { recursive: true })
  expect(await ensure()).toBe(join(root, 'web/dist'))
  expect(onBuild).not.toHaveBeenCalled()
})

test.skipIf(process.getuid?.() === 0)(
  'builds into the data directory where the checkout is read-only',
  async () => {
    await chmod(join(root, 'web'), 0o500)
    const dir = await ensure()
    await chmod(join(root, 'web'), 0o700)
    expect(dir).toBe(join(dataDir, 'web'))
    expect(await page(dir)).toMatch(/assets/)
  },
)
