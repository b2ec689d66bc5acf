import type { Registry } from 'prom-client'

/** What one process measured, as it travels to another. */
export type MetricsReport = Awaited<ReturnType<Registry['getMetricsAsJSON']>>

/** The processes that serve beside this one, on one port of one machine. */
export interface Peers {
  /** Which of them this is, from 1. */
  worker: number
  /** What all the others measured; one that does not answer is left out. */
  measurements(): Promise<MetricsReport[]>
  /** Called when one of them is asked for what all measured. */
  answerWith(measure: () => Promise<MetricsReport>): void
}
