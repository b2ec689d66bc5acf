import { createStore, del, get, set } from 'idb-keyval'
import { DATABASE, STORE } from '../draft/draft-shelf.ts'
import type { Clip } from './take.ts'

const KEPT_FOR = 14 * 24 * 3600 * 1000

interface TakeRecord {
  /** Milliseconds since 1970. */
  savedAt: number
  clips: readonly Clip[]
}

const keyOf = (ownerId: string) => `take:${ownerId}`
const store = () => createStore(DATABASE, STORE)

/** What a member has recorded and not gone on with, over a reload. Where the browser keeps nothing it does nothing. */
export async function keepTake(ownerId: string, clips: readonly Clip[], now: number): Promise<void> {
  const record: TakeRecord = { savedAt: now, clips }
  await (clips.length > 0 ? set(keyOf(ownerId), record, store()) : del(keyOf(ownerId), store())).catch(
    () => {},
  )
}

export async function findTake(ownerId: string, now: number): Promise<readonly Clip[]> {
  const record = await get<TakeRecord>(keyOf(ownerId), store()).catch(() => undefined)
  return record && now - record.savedAt <= KEPT_FOR ? record.clips : []
}
