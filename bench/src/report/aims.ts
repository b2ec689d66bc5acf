import { type Figure, type Figures, spreadOf } from '../figures.ts'
import { short } from './table.ts'

/** What is asked of Tintype, and what the figures say to it. */
interface Aim {
  what: string
  aim: string
  /** Undefined where it was not measured. */
  measured(figures: Found): number | undefined
  reached(value: number): boolean
}

/** Looks figures up by workload, case and metric; medians. */
type Found = (workload: string, name: string, metric: string) => number | undefined

const HOME = 'home feed, first page'
const WRITING = 'writing, acknowledged'
const WARM = 'warm, ranked, 16 connections'

const ratio = (a: number | undefined, b: number | undefined) => (a === undefined || !b ? undefined : a / b)
const atLeast = (bound: number) => (value: number) => value >= bound
const atMost = (bound: number) => (value: number) => value <= bound

const perSecond = (what: string, workload: string, name: string, bound: number): Aim => ({
  what,
  aim: `≥ ${bound.toLocaleString('en')}/s`,
  measured: (found) => found(workload, name, 'perSecond'),
  reached: atLeast(bound),
})

const relative = (what: string, aim: string, name: string, reference: string, bound: number): Aim => ({
  what,
  aim,
  measured: (found) => ratio(found(HOME, name, 'perSecond'), found(HOME, reference, 'perSecond')),
  reached: atLeast(bound),
})

const within = (kind: string): Aim => ({
  what: `${kind} member, p99 relative to an ordinary one’s`,
  aim: '≤ 2',
  measured: (found) =>
    ratio(found(HOME, `warm, ${kind} members, 16 connections`, 'p99'), found(HOME, WARM, 'p99')),
  reached: atMost(2),
})

const aims: Aim[] = [
  perSecond('home feed warm', HOME, WARM, 10_000),
  {
    what: 'home feed warm, p99 ms',
    aim: '< 10',
    measured: (found) => found(HOME, WARM, 'p99'),
    reached: (value) => value < 10,
  },
  {
    what: 'home feed warm, CPU ms per request',
    aim: '≤ 0.15',
    measured: (found) => found(HOME, WARM, 'cpuMs'),
    reached: atMost(0.15),
  },
  relative('home feed warm, of serialising 20 posts', '≥ 0.35', WARM, 'reference: serialise', 0.35),
  relative(
    'home feed cold, of the one good query',
    '≥ 0.6',
    'cold, first visits, 16 connections',
    'cold, reference: query',
    0.6,
  ),
  within('sparse'),
  within('dense'),
  perSecond('like acknowledged', WRITING, 'like, 16 connections', 4000),
  perSecond('comment acknowledged', WRITING, 'comment, 16 connections', 4000),
  perSecond('post acknowledged', WRITING, 'post, 16 connections', 2000),
  {
    what: 'fan-out to 9.9 k followers, ms',
    aim: '< 1000',
    measured: (found) => found('fan-out', '9900 followers', 'ms from published'),
    reached: (value) => value < 1000,
  },
  {
    what: 'fan-out to 9.9 k followers, of one insert',
    aim: '≥ 0.5',
    measured: (found) =>
      ratio(
        found('fan-out', '9900 followers', 'entries/s'),
        found('fan-out', '9900 followers', 'entries/s, one insert'),
      ),
    reached: atLeast(0.5),
  },
  {
    what: '12 MP JPEG visible, ms',
    aim: '< 1000',
    measured: (found) => found('media, 12 MP JPEG', 'Tintype', 'ms until visible'),
    reached: (value) => value < 1000,
  },
  {
    what: 'images/s, of raw sharp',
    aim: '≥ 0.8',
    measured: (found) => found('media, 12 MP JPEG', 'ratio to raw sharp', 'images/s'),
    reached: atLeast(0.8),
  },
  {
    what: 'API process at rest, MB',
    aim: '< 150',
    measured: (found) => found('cost', 'memory at rest, MB', 'node'),
    reached: (value) => value < 150,
  },
  {
    what: 'API process under load, MB',
    aim: '< 400',
    measured: (found) => found('cost', 'memory under load, MB', 'node'),
    reached: (value) => value < 400,
  },
]

/** The aims that were measured, as a Markdown table. */
export function aimsTable(figures: Figures): string {
  const found: Found = (workload, name, metric) => medianOf(figures.find(workload, name), metric)
  const storms = figures.all.filter(({ workload, name }) => workload === 'storm' && name.includes('posts'))
  const all = [...aims, ...storms.map(stormAim)]
  const lines = all.flatMap(({ what, aim, measured, reached }) => {
    const value = measured(found)
    return value === undefined
      ? []
      : [`| ${what} | ${aim} | ${short(value)} | ${reached(value) ? 'yes' : 'no'} |`]
  })
  return lines.length === 0
    ? ''
    : ['| aim | | measured | reached |', '|---|---|--:|---|', ...lines].join('\n')
}

const stormAim = ({ name }: Figure): Aim => ({
  what: `others’ p99${name.replace('home feeds,', '')}, of before`,
  aim: '≤ 1.5',
  measured: (found) => ratio(found('storm', name, 'p99'), found('storm', 'home feeds, before', 'p99')),
  reached: atMost(1.5),
})

function medianOf(figure: Figure | undefined, metric: string): number | undefined {
  return figure && spreadOf(figure, metric)?.median
}
