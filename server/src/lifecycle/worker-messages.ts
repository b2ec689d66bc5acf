import type { Config } from '../config.ts'
import type { MetricsReport } from '../gateway/peers.ts'

/** Set for a process of WORKERS; another program's cluster (a process manager's, say) is not ours. */
export const MARK = 'TINTYPE_WORKER'

/** From the first process to one that serves. The configuration has secrets in it, which the environment would show around. */
export type ToWorker =
  | { type: 'begin'; config: Config; worker: number }
  | { type: 'stop' }
  | { type: 'are you well' }
  | { type: 'measure'; id: number }
  | { type: 'measured by all'; id: number; reports: MetricsReport[] }

export type FromWorker =
  | { type: 'here' }
  | { type: 'serving'; url: string | undefined }
  | { type: 'failed'; reason: string }
  | { type: 'well' }
  | { type: 'measured'; id: number; report: MetricsReport }
  | { type: 'measure all'; id: number }
