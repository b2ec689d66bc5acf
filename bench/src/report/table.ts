import type { Figure, Figures } from '../figures.ts'
import { spreadOf } from '../figures.ts'

/** What stands in a column, from one figure. */
interface Column {
  title: string
  text(figure: Figure, figures: Figures): string
}

const REFERENCES = ['serialise', 'query'] as const
const W = 'home feed, first page'

const columns: Column[] = [
  { title: '/s', text: (figure) => spread(figure, 'perSecond', 0) },
  ...(['p50', 'p95', 'p99', 'p999'] as const).map((metric) => ({
    title: metric === 'p999' ? 'p99.9' : metric,
    text: (figure: Figure) => median(figure, metric, 1),
  })),
  { title: 'CPU ms', text: (figure) => median(figure, 'cpuMs', 3) },
  { title: 'of it node', text: (figure) => median(figure, 'cpu node', 3) },
  { title: 'postgres', text: (figure) => median(figure, 'cpu postgres', 3) },
  { title: 'imaging', text: (figure) => median(figure, 'cpu imaging', 3) },
  ...REFERENCES.map((kind) => ({
    title: `× ${kind}`,
    text: (figure: Figure, figures: Figures) => ratio(figure, figures.find(W, `reference: ${kind}`)),
  })),
  { title: 'errors', text: ({ errors, wrong }) => String(total(errors) + total(wrong)) },
]

/** All figures as Markdown: one table of loads for each workload, and lists of what is measured otherwise. */
export function tablesOf(figures: Figures): string {
  const workloads = Map.groupBy(figures.all, (figure) => figure.workload)
  return [...workloads].map(([name, list]) => `### ${name}\n\n${tableOf(list, figures)}`).join('\n\n')
}

function tableOf(list: Figure[], figures: Figures): string {
  const loads = list.filter((figure) => figure.runs.some((run) => 'perSecond' in run))
  const others = list.filter((figure) => !loads.includes(figure))
  const head = ['case', ...columns.map(({ title }) => title)]
  const lines = loads.map((figure) => [figure.name, ...columns.map(({ text }) => text(figure, figures))])
  const parts =
    loads.length > 0 ? [aligned([head, head.map((_, i) => (i === 0 ? '---' : '--:')), ...lines])] : []
  if (others.length > 0) parts.push(others.flatMap(listOf).join('\n'))
  return parts.join('\n\n')
}

function listOf(figure: Figure): string[] {
  const metrics = [...new Set(figure.runs.flatMap((run) => Object.keys(run)))]
  return metrics.map((metric) => {
    const { min, median: middle, max } = spreadOf(figure, metric) ?? { min: 0, median: 0, max: 0 }
    const range = min === max ? '' : ` (${short(min)} … ${short(max)})`
    return `- ${figure.name}, ${metric}: ${short(middle)}${range}`
  })
}

/** Pipes below one another, so that it reads as well in a terminal. */
function aligned(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => (row[i] ?? '').length)))
  const cell = (text: string, i: number) =>
    text === '---' || text === '--:'
      ? `${'-'.repeat((widths[i] ?? 3) - 1)}${i === 0 ? '-' : ':'}`
      : i === 0
        ? text.padEnd(widths[i] ?? 0)
        : text.padStart(widths[i] ?? 0)
  return rows.map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n')
}

const total = (counts: Record<string, number>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0)

function median(figure: Figure, metric: string, digits: number): string {
  const found = spreadOf(figure, metric)
  return found ? found.median.toFixed(digits) : ''
}

function spread(figure: Figure, metric: string, digits: number): string {
  const found = spreadOf(figure, metric)
  if (!found) return ''
  const [min, middle, max] = [found.min, found.median, found.max].map((value) => value.toFixed(digits))
  return min === max ? `${middle}` : `${middle} (${min}…${max})`
}

/** Throughput relative to a reference's. */
function ratio(figure: Figure, reference: Figure | undefined): string {
  const [own, other] = [spreadOf(figure, 'perSecond'), reference && spreadOf(reference, 'perSecond')]
  return own && other && figure !== reference && figure.workload === W
    ? (own.median / other.median).toFixed(2)
    : ''
}

export function short(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en')
  return String(Number(value.toPrecision(3)))
}
