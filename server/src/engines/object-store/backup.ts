import { copyObject, undefinedIfAbsent } from './move.ts'
import type { ObjectInfo, ObjectStore } from './port.ts'

export interface Mirrored {
  seen: number
  copied: number
  bytes: number
}

const AT_ONCE = 4

/**
 * Brings `to` what it lacks of these keys, or has other bytes of; each copy is read again to compare its hash. What went away meanwhile is left
 * out. `onObject` hears of each that stands in both, in any order.
 */
export async function mirrorObjects(terms: {
  from: ObjectStore
  to: ObjectStore
  keys: AsyncIterable<string>
  onObject?(object: ObjectInfo): void | Promise<void>
}): Promise<Mirrored> {
  const { from, to, onObject } = terms
  const mirrored: Mirrored = { seen: 0, copied: 0, bytes: 0 }
  const keys = terms.keys[Symbol.asyncIterator]()
  const lane = async () => {
    for (let next = await keys.next(); !next.done; next = await keys.next()) {
      const here = await from.head(next.value)
      if (!here) continue
      if (!isSame(here, await to.head(next.value))) {
        const size = await copyObject(next.value, { from, to }).catch(undefinedIfAbsent)
        if (size === undefined) continue
        mirrored.copied++
        mirrored.bytes += size
      }
      mirrored.seen++
      await onObject?.(here)
    }
  }
  const lanes = await Promise.allSettled(Array.from({ length: AT_ONCE }, lane))
  for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason
  return mirrored
}

const isSame = (here: ObjectInfo, there: ObjectInfo | undefined): boolean =>
  there !== undefined &&
  there.size === here.size &&
  there.contentType === here.contentType &&
  (here.sha256 === undefined || there.sha256 === here.sha256)
