import { Scorer } from '../scoring/scorer.ts'
import { MemoryBudget } from './memory-budget.ts'
import { ImagingPool } from './pool.ts'

/** Where pictures are worked on. Processes are started by the first picture: one without the worker role has none. */
export interface ImagingPools extends AsyncDisposable {
  /** What somebody waits for. */
  first: ImagingPool
  /** What follows when nobody does, at a low priority. */
  later: ImagingPool
  /** What a program takes pictures for, at the lowest. */
  scorer: Scorer
}

/** `processes`: pictures that are decoded at once, in two pools that share what memory there is. `niceness`: of what nobody waits for. */
export function openImagingPools(processes: number, niceness = 10): ImagingPools {
  const memory = new MemoryBudget()
  const first = new ImagingPool({ processes, memory })
  const later = new ImagingPool({ processes: 1, niceness, memory })
  const scorer = new Scorer({ niceness })
  return {
    first,
    later,
    scorer,
    async [Symbol.asyncDispose]() {
      await first[Symbol.asyncDispose]()
      await later[Symbol.asyncDispose]()
      await scorer[Symbol.asyncDispose]()
    },
  }
}
