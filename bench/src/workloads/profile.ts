import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { flameText } from '../report/flame.ts'
import { only, type Stage } from '../stage.ts'
import { homeAsks } from './home.ts'
import type { Viewer } from './viewers.ts'

/** How long a process takes to end after it was last asked something, at most. Microseconds. */
const ENDING = 500_000

/** Where the API process spends its time on home feeds, warm and on first visits: no figures, but a flame graph as text. */
export async function profile(stage: Stage): Promise<void> {
  const viewers = stage.viewers.some('ordinary', 20_000)
  const some = viewers.slice(0, 500)
  await withProfile(stage, 'warm', async () => {
    for (const ask of homeAsks(some)) await stage.ask(ask)
    return ask(stage, some, 'random')
  })
  await withProfile(stage, 'first visits', async () => {
    for (const ask of homeAsks(some)) await stage.ask(ask)
    return ask(stage, viewers.slice(some.length), 'once')
  })
}

/** Answers how long it took, in microseconds. */
async function ask(stage: Stage, viewers: readonly Viewer[], order: 'random' | 'once'): Promise<number> {
  const traffic = only('home', homeAsks(viewers), { kind: 'posts', order: 'any', limit: 20 }, order)
  const begun = performance.now()
  await stage.measure('profile', `home feed, ${order}`, traffic, { connections: 16, warmupSeconds: 0 })
  return 1000 * (performance.now() - begun)
}

async function withProfile(stage: Stage, name: string, work: () => Promise<number>): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'tintype-profile-'))
  try {
    await stage.restart({ NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${dir}` })
    const taken = await work()
    await stage.restart()
    const [file = ''] = await readdir(dir)
    const written = JSON.parse(await readFile(join(dir, file), 'utf8'))
    console.log(`### home feed, ${name}\n\n${flameText(written, taken + ENDING)}\n`)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}
