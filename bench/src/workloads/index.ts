import type { WorkloadName } from '../options.ts'
import type { Stage } from '../stage.ts'
import { home } from './home.ts'

export const workloads: Partial<Record<WorkloadName, (stage: Stage) => Promise<void>>> = { home }
