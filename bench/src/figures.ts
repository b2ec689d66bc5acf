import type { Outcome } from './load/job.ts'
import { sumOf } from './servers/process-tree.ts'

/** What one run of a case gave, by name: `perSecond`, `p99` (ms), `cpuMs` (per request) … */
export type Metrics = Record<string, number>

/** One case of a workload over all its runs. */
export interface Figure {
  workload: string
  name: string
  runs: Metrics[]
  /** What went wrong, over all runs. */
  errors: Record<string, number>
  wrong: Record<string, number>
  /** Answers that were looked at. */
  checked: number
}

export interface Spread {
  min: number
  median: number
  max: number
}

export function spreadOf(figure: Figure, metric: string): Spread | undefined {
  const values = figure.runs.flatMap((run) => run[metric] ?? []).sort((a, b) => a - b)
  const [min] = values
  const max = values.at(-1)
  if (min === undefined || max === undefined) return undefined
  const middle = values.length >> 1
  const upper = values[middle] ?? max
  const median = values.length % 2 === 1 ? upper : ((values[middle - 1] ?? upper) + upper) / 2
  return { min, median, max }
}

/** A load's outcome and the CPU time that its servers took, as metrics of one run. */
export function metricsOf(outcome: Outcome, cpu: Record<string, number>): Metrics {
  const { requests, perSecond, latency, bytesPerAnswer, generatorCpuMs } = outcome
  const each = Object.entries(cpu).map(([name, ms]) => [`cpu ${name}`, ms / requests] as const)
  return {
    perSecond,
    ...latency,
    cpuMs: sumOf(cpu) / requests,
    ...Object.fromEntries(each.filter(([, ms]) => ms >= 0.00005)),
    bytesPerAnswer,
    generatorCpuMs,
    requests,
  }
}

/** Gathers figures by workload and name in the order they first come. */
export class Figures {
  readonly all: Figure[] = []

  find(workload: string, name: string): Figure | undefined {
    return this.all.find((figure) => figure.workload === workload && figure.name === name)
  }

  add(workload: string, name: string, metrics: Metrics, outcome?: Outcome): void {
    let figure = this.find(workload, name)
    if (!figure) {
      figure = { workload, name, runs: [], errors: {}, wrong: {}, checked: 0 }
      this.all.push(figure)
    }
    figure.runs.push(metrics)
    figure.checked += outcome?.checked ?? 0
    addUp(figure.errors, outcome?.errors ?? {})
    addUp(figure.wrong, outcome?.wrong ?? {})
  }
}

function addUp(sums: Record<string, number>, more: Record<string, number>): void {
  for (const [name, count] of Object.entries(more)) sums[name] = (sums[name] ?? 0) + count
}
