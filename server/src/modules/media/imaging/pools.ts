import { MemoryBudget } from './memory-budget.ts'
import { ImagingPool } from './pool.ts'

/** Where pictures are worked on. Processes are started by the first picture: one without the worker role has none. */
export interface ImagingPools extends AsyncDisposable {
  /** What somebody waits for. */
  first: ImagingPool
  /** What follows when nobody does, at a low priority. */
  later: ImagingPool
}

/** `processes`: pictures that are decoded at once. Both share what memory there is. */
export function openImagingPools(processes: number): ImagingPools {
  const memory = new MemoryBudget()
  const first = new ImagingPool({ processes, memory })
  const later = new ImagingPool({ processes: 1, niceness: 10, memory })
  return {
    first,
    later,
    async [Symbol.asyncDispose]() {
      await first[Symbol.asyncDispose]()
      await later[Symbol.asyncDispose]()
    },
  }
}
