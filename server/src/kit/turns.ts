/** When a piece of work is followed by a rest, and how many times as long that is as the work took. */
export interface Rest {
  times: number
  /** Otherwise only where others wait. */
  always?: boolean
}

/** Lets so many pieces of work run at the same time; the others wait for their turn, first come first served. Nobody waits for the rest after their own. */
export function turns(atOnce: number, rest?: Rest): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  const pass = () => {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
  return async (work) => {
    if (running < atOnce) running++
    else await new Promise<void>((resolve) => waiting.push(resolve))
    const begun = performance.now()
    try {
      return await work()
    } finally {
      if (rest && (rest.always || waiting.length > 0))
        setTimeout(pass, rest.times * (performance.now() - begun))
      else pass()
    }
  }
}
