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

const below = (bound: number) => (value: number) => value < bound

/** An aim for one figure as it was measured. */
const figure = (
  what: string,
  aim: string,
  [workload, name, metric]: Parameters<Found>,
  reached: Aim['reached'],
): Aim => ({ what, aim, measured: (found) => found(workload, name, metric), reached })

const perSecond = (what: string, workload: string, name: string, bound: number): Aim =>
  figure(what, `≥ ${bound.toLocaleString('en')}/s`, [workload, name, 'perSecond'], atLeast(bound))

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

const ofStories = (what: string, bound: number, name: string, reference: string): Aim => ({
  what,
  aim: `≥ ${bound}`,
  measured: (found) => ratio(found('stories', name, 'perSecond'), found('stories', reference, 'perSecond')),
  reached: atLeast(bound),
})

const aims: Aim[] = [
  perSecond('home feed warm', HOME, WARM, 10_000),
  figure('home feed warm, p99 ms', '< 10', [HOME, WARM, 'p99'], below(10)),
  figure('home feed warm, CPU ms per request', '≤ 0.15', [HOME, WARM, 'cpuMs'], atMost(0.15)),
  relative('home feed warm, of serialising 20 posts', '≥ 0.35', WARM, 'reference: serialise', 0.35),
  relative(
    'home feed cold, of the one good query',
    '≥ 0.6',
    'cold, ranked, first visits, 16 connections',
    'cold, reference: query',
    0.6,
  ),
  within('sparse'),
  within('dense'),
  perSecond('like acknowledged', WRITING, 'like, 16 connections', 4000),
  perSecond('comment acknowledged', WRITING, 'comment, 16 connections', 4000),
  perSecond('post acknowledged', WRITING, 'post, 16 connections', 2000),
  figure(
    'fan-out to 9.9 k followers, ms',
    '< 1000',
    ['fan-out', '9900 followers', 'ms from published'],
    below(1000),
  ),
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
  figure(
    '12 MP JPEG visible, ms',
    '< 1000',
    ['media, 12 MP JPEG', 'Tintype', 'ms until visible'],
    below(1000),
  ),
  figure(
    'images/s, of raw sharp',
    '≥ 0.8',
    ['media, 12 MP JPEG', 'ratio to raw sharp', 'images/s'],
    atLeast(0.8),
  ),
  ofStories('row of stories warm, of the home feed', 1, 'tray, warm', 'home feed, warm'),
  ofStories('row of stories cold, of the home feed', 0.8, 'tray, first visits', 'home feed, first visits'),
  ofStories('story viewed, of a like', 1, 'view, acknowledged', 'like, acknowledged'),
  {
    what: 'message acknowledged, of one insert',
    aim: '≥ 0.3',
    measured: (found) =>
      ratio(
        found('messages', 'message, 16 connections', 'perSecond'),
        found('messages', 'reference: one insert', 'perSecond'),
      ),
    reached: atLeast(0.3),
  },
  figure(
    'message to socket, p50 ms',
    '< 15',
    ['messages', 'message to the other’s socket', 'p50'],
    below(15),
  ),
  figure(
    'message to socket, p99 ms',
    '< 60',
    ['messages', 'message to the other’s socket', 'p99'],
    below(60),
  ),
  figure('explore warm, p99 ms', '< 100', ['explore', 'first page, warm, 1 connections', 'p99'], below(100)),
  figure('explore cold, p99 ms', '< 100', ['explore', 'first page, first visits', 'p99'], below(100)),
  {
    what: 'explore finds what is liked next, of popularity',
    aim: '≥ 2',
    measured: (found) =>
      ratio(
        found('explore', 'named by what goes together', 'hitRate'),
        found('explore', 'reference: named by popularity', 'hitRate'),
      ),
    reached: atLeast(2),
  },
  figure(
    'autocomplete, 16 clients, p99 ms',
    '< 50',
    ['search', 'autocomplete, 16 clients', 'p99'],
    below(50),
  ),
  figure('search of posts, 16 clients, p99 ms', '< 50', ['search', 'posts, 16 clients', 'p99'], below(50)),
  figure('API process at rest, MB', '< 150', ['cost', 'memory at rest, MB', 'node'], below(150)),
  figure('open socket, KB', '≤ 12', ['realtime', 'open sockets', 'KB each'], atMost(12)),
  figure(
    'like to socket at 500 likes/s, p99 ms',
    '< 250',
    ['realtime', 'like to socket, at 500 likes/s', 'p99'],
    below(250),
  ),
  figure('API process under load, MB', '< 400', ['cost', 'memory under load, MB', 'node'], below(400)),
]

/** The aims that were measured, as a Markdown table. */
export function aimsTable(figures: Figures): string {
  const found: Found = (workload, name, metric) => medianOf(figures.find(workload, name), metric)
  const bursts = figures.all.filter(({ workload, name }) => workload === 'burst' && name.includes('posts'))
  const all = [...aims, ...bursts.map(burstAim)]
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

const burstAim = ({ name }: Figure): Aim => ({
  what: `others’ p99${name.replace('home feeds,', '')}, of before`,
  aim: '≤ 1.5',
  measured: (found) => ratio(found('burst', name, 'p99'), found('burst', 'home feeds, before', 'p99')),
  reached: atMost(1.5),
})

function medianOf(figure: Figure | undefined, metric: string): number | undefined {
  return figure && spreadOf(figure, metric)?.median
}
