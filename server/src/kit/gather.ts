export interface GatherOptions<Item, Outcome> {
  /** Does all of them together or none; answers an outcome for each, in the order given. */
  work(items: readonly Item[]): Promise<readonly Outcome[]>
  /** Items done together at most. */
  most: number
  /** Calls of `work` under way at the same time at most. */
  atOnce: number
  /** Whether a failure says that nothing was done: then each item is tried alone, so that none fails for another's fault. */
  isUndone(error: unknown): boolean
}

interface Waiting<Item, Outcome> {
  item: Item
  resolve(outcome: Outcome): void
  reject(error: unknown): void
}

/**
 * Group commit: what is asked for within one turn of the event loop, or while as many calls as may are under way, is done in one call. Nobody
 * waits where nothing else is going on, and the busier it is the less each costs. Each caller is answered when theirs is done.
 */
export function gather<Item, Outcome>(
  options: GatherOptions<Item, Outcome>,
): (item: Item) => Promise<Outcome> {
  let waiting: Waiting<Item, Outcome>[] = []
  let underWay = 0
  let isDue = false

  const goOn = () => {
    isDue = false
    while (waiting.length > 0 && underWay < options.atOnce) {
      const some = waiting.slice(0, options.most)
      waiting = waiting.slice(options.most)
      underWay++
      void doAll(options, some).finally(() => {
        underWay--
        goOn()
      })
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (isDue || underWay >= options.atOnce) return
      isDue = true
      setImmediate(goOn)
    })
}

/** Never rejects: each item's caller is told what became of it. */
async function doAll<Item, Outcome>(
  options: GatherOptions<Item, Outcome>,
  some: readonly Waiting<Item, Outcome>[],
): Promise<void> {
  try {
    const outcomes = await options.work(some.map(({ item }) => item))
    for (const [index, { resolve }] of some.entries()) resolve(outcomes[index] as Outcome)
  } catch (error) {
    if (some.length > 1 && options.isUndone(error))
      await Promise.all(some.map((one) => doAll(options, [one])))
    else for (const { reject } of some) reject(error)
  }
}
