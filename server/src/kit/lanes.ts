/** One piece of work after the other for each key; those of different keys go side by side. */
export function lanes<Key>(): <T>(key: Key, work: () => Promise<T>) => Promise<T> {
  const last = new Map<Key, Promise<unknown>>()
  return (key, work) => {
    const before = last.get(key)
    const mine = before ? before.then(work, work) : work()
    last.set(key, mine)
    const end = () => {
      if (last.get(key) === mine) last.delete(key)
    }
    mine.then(end, end)
    return mine
  }
}
