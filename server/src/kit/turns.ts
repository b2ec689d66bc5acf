/**
 * Lets so many pieces of work run at the same time; the others wait for their turn, first come first served. Where others wait, each is
 * followed by a rest of `rest` times as long as it took.
 */
export function turns(atOnce: number, rest = 0): <T>(work: () => Promise<T>) => Promise<T> {
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
      if (rest > 0 && waiting.length > 0) setTimeout(pass, rest * (performance.now() - begun))
      else pass()
    }
  }
}
