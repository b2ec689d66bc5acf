import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Size, sizes } from './dataset/sizes.ts'

export const workloadNames = [
  'home',
  'paging',
  'reading',
  'writing',
  'mix',
  'fanout',
  'media',
  'video',
  'stories',
  'messages',
  'explore',
  'search',
  'cost',
  'realtime',
  'soak',
  'profile',
] as const
export type WorkloadName = (typeof workloadNames)[number]
/** One of the others takes ten minutes, one measures nothing. */
export const defaultWorkloads = workloadNames.filter((name) => name !== 'soak' && name !== 'profile')

export interface Options {
  size: Size
  workloads: readonly WorkloadName[]
  runs: number
  /** Of each run. */
  seconds: number
  warmupSeconds: number
  quick: boolean
  /** Kept from run to run. */
  dataDir: string
  /** Where the figures are kept, as JSON. */
  resultsDir: string
  rebuild: boolean
  /** A file with an edge `u v` per line: u follows v. */
  edges: string | undefined
  /** Whose server is measured; this checkout's unless told otherwise. */
  checkout: string
  /** Only compare the data set with one made through the API. */
  compare: boolean
}

export const help = `npm run bench -- [options]
  --quick             a smoke test: size S, one run of 1 s of each case
  --size XS|S|M       the data set (XS: 40 members, only to try the benchmark itself; S: 1 k members, 20 k posts;
                      M: 100 k members, 1 M posts); made once and kept
  --only a,b          of ${workloadNames.join(', ')} (all but soak, which takes ten minutes, and profile,
                      which tells as text where the API process spends its time on home feeds)
  --runs n            runs of each case (3)
  --seconds n         seconds of each run (10)
  --edges file        a public edge list ("u v" per line: u follows v) as the follow graph
  --checkout path     measure the server of another checkout (what it was before a change)
  --rebuild           make the data set anew
  --compare           make a small data set twice, once through the API alone, and compare all home feeds
  --dir path          where data sets are kept (.tintype-bench)
  --results path      where the figures are kept as JSON (bench/results)`

/** Throws where an option is not understood. */
export function parseOptions(args: readonly string[]): Options | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      size: { type: 'string', default: 'S' },
      only: { type: 'string' },
      runs: { type: 'string' },
      seconds: { type: 'string' },
      edges: { type: 'string' },
      checkout: { type: 'string', default: join(import.meta.dirname, '../..') },
      rebuild: { type: 'boolean', default: false },
      compare: { type: 'boolean', default: false },
      dir: {
        type: 'string',
        default: process.env.BENCH_DIR ?? join(import.meta.dirname, '../../.tintype-bench'),
      },
      results: { type: 'string', default: join(import.meta.dirname, '../results') },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return 'help'
  const { quick } = values
  const size = sizeOf(values.size)
  const seconds = numberOf('--seconds', values.seconds, quick ? 1 : 10)
  return {
    size,
    workloads: workloadsOf(values.only),
    runs: numberOf('--runs', values.runs, quick ? 1 : 3),
    seconds,
    warmupSeconds: Math.min(quick ? 1 : 3, seconds),
    quick,
    dataDir: join(resolve(values.dir), values.edges ? `${size.name}-edges` : size.name),
    resultsDir: resolve(values.results),
    rebuild: values.rebuild,
    edges: values.edges,
    checkout: resolve(values.checkout),
    compare: values.compare,
  }
}

function sizeOf(name: string): Size {
  const size = Object.values(sizes).find((one) => one.name === name)
  if (!size) throw new Error(`--size is "${name}", but must be one of ${Object.keys(sizes).join(', ')}.`)
  return size
}

function workloadsOf(text: string | undefined): readonly WorkloadName[] {
  if (text === undefined) return defaultWorkloads
  return text.split(',').map((name) => {
    const found = workloadNames.find((one) => one === name.trim())
    if (!found) throw new Error(`--only has "${name}", but may only list ${workloadNames.join(', ')}.`)
    return found
  })
}

function numberOf(name: string, text: string | undefined, fallback: number): number {
  const value = text === undefined ? fallback : Number(text)
  if (!Number.isFinite(value) || value <= 0)
    throw new Error(`${name} is "${text}", but must be a number above 0.`)
  return value
}
