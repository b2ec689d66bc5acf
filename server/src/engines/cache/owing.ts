import type { SharedValues } from './port.ts'

/** Milliseconds after which deletions that could not be made are tried again. */
const AGAIN_MS = 100
/** Keys owed, above which this process has nothing of the shared values until all are paid. */
const MOST = 100_000

/**
 * Shared values that are never older here than what this process has deleted: what could not be deleted is not read, nor set, until it
 * was; that is tried again by itself. Whoever asked for it hears that it failed all the same.
 */
export function owing(shared: SharedValues): SharedValues {
  const owed = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  const readable = (key: string) => owed.size < MOST && !owed.has(key)

  const pay = async () => {
    timer = undefined
    const keys = [...owed].slice(0, 1000)
    await shared.del(keys).then(
      () => {
        for (const key of keys) owed.delete(key)
      },
      () => {},
    )
    later()
  }
  const later = () => {
    if (owed.size > 0 && !isStopped) timer ??= setTimeout(pay, AGAIN_MS).unref()
  }
  return {
    async get(keys) {
      const asked = keys.filter(readable)
      if (asked.length === keys.length) return shared.get(keys)
      const found = asked.length > 0 ? await shared.get(asked) : []
      const byKey = new Map(asked.map((key, at) => [key, found[at]]))
      return keys.map((key) => byKey.get(key))
    },
    async set(values, ttl) {
      const fit = new Map([...values].filter(([key]) => readable(key)))
      if (fit.size > 0) await shared.set(fit, ttl)
    },
    async del(keys) {
      // Before it is known whether it works: nothing is read in between.
      const added = keys.filter((key) => !owed.has(key) && owed.size < MOST && owed.add(key))
      try {
        await shared.del(keys)
        for (const key of added) owed.delete(key)
      } finally {
        later()
      }
    },
    ping: () => shared.ping(),
    async [Symbol.asyncDispose]() {
      isStopped = true
      clearTimeout(timer)
      await shared[Symbol.asyncDispose]()
    },
  }
}
