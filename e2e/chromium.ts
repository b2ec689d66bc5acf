import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import bundled, { inflate } from '@sparticuz/chromium'
import { type Browser, chromium, type LaunchOptions } from 'playwright-core'

const cache = fileURLToPath(new URL('../node_modules/.cache/tintype-chromium/', import.meta.url))

/**
 * Drawn by the processor, so that the composer's WebGL preview works on a machine without a graphics card. Only that: the page itself
 * is put together without WebGL, which takes a third less time.
 */
const args = [
  '--disable-gpu-compositing',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  // A camera and a microphone that every machine has; nobody is asked.
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
]

/**
 * `CHROMIUM_PATH` where it is set; on 64-bit Linux else the Chromium of an npm package, which brings its libraries and fonts;
 * elsewhere the Chrome that is installed.
 */
export async function launchChromium(): Promise<Browser> {
  const { CHROMIUM_PATH } = process.env
  if (CHROMIUM_PATH) return chromium.launch({ args, executablePath: CHROMIUM_PATH })
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return chromium.launch({ args, channel: 'chrome' })
  const home = await unpacked()
  const options: LaunchOptions = {
    args: [...args, '--no-sandbox', '--font-render-hinting=none'],
    executablePath: join(home, 'chromium'),
  }
  const env = { ...process.env, FONTCONFIG_FILE: await fontsOf(home) }
  try {
    return await chromium.launch({ ...options, env })
  } catch (error) {
    if (!String(error).includes('shared librar')) throw error
    // A system without NSS, as slim containers are: the package carries a build of it.
    return chromium.launch({ ...options, env: { ...env, LD_LIBRARY_PATH: join(home, 'al2023/lib') } })
  }
}

/**
 * Says where the package's fonts are: it expects them below `/tmp`. A Chromium that knows no font at all ends itself as soon as it
 * draws text before a page's own font has come.
 */
async function fontsOf(home: string): Promise<string> {
  const file = join(home, 'tintype-fonts.conf')
  if (existsSync(file)) return file
  const draft = `${file}.${process.pid}`
  const folders = `<dir>${join(home, 'fonts/fonts')}</dir><cachedir>${join(home, 'fonts-cache')}</cachedir>`
  await writeFile(draft, `<?xml version="1.0"?>\n<fontconfig>${folders}</fontconfig>\n`)
  await rename(draft, file)
  return file
}

/** Where the package's archives lie unpacked: whole or not at all, whoever else unpacks them at the same time. */
async function unpacked(): Promise<string> {
  const root = new URL('../', import.meta.resolve('@sparticuz/chromium'))
  const { version } = JSON.parse(await readFile(new URL('package.json', root), 'utf8'))
  const home = join(cache, version)
  if (existsSync(home)) return home
  await mkdir(cache, { recursive: true })
  const draft = await mkdtemp(join(cache, 'draft-'))
  // The package unpacks into the temporary directory, wherever that is.
  const before = process.env.TMPDIR
  process.env.TMPDIR = draft
  try {
    await bundled.executablePath()
    await inflate(fileURLToPath(new URL('bin/al2023.tar.br', root)))
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
  await rename(draft, home).catch(() => rm(draft, { recursive: true, force: true }))
  return home
}
