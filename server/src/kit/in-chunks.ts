/**
 * Goes through all of what is listed by ascending id, some at a time. Answers how many there were. Rejects with the signal's reason.
 */
export async function inChunks<Id extends string>(
  list: (after: Id | undefined) => Promise<readonly Id[]>,
  work: (ids: readonly Id[]) => Promise<void>,
  signal: AbortSignal,
): Promise<number> {
  let count = 0
  for (let ids = await list(undefined); ids.length > 0; ids = await list(ids.at(-1))) {
    signal.throwIfAborted()
    await work(ids)
    count += ids.length
  }
  return count
}
