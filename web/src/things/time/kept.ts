import { readStored, useStored, writeStored } from '../../data/storage.ts'
import type { TimeSpent } from './spent.ts'

type AllSpent = Record<string, TimeSpent>

/** By member; in this browser alone. */
function read(stored: string | null): AllSpent {
  try {
    return (JSON.parse(stored ?? 'null') as AllSpent | null) ?? {}
  } catch {
    return {}
  }
}

/** Keeps what becomes of a member's time, and answers it. */
export function keepTime(userId: string, become: (spent: TimeSpent | undefined) => TimeSpent): TimeSpent {
  const all = read(readStored('tintype.time'))
  const spent = become(all[userId])
  if (spent !== all[userId]) writeStored('tintype.time', JSON.stringify({ ...all, [userId]: spent }))
  return spent
}

export const useTime = (userId: string): TimeSpent | undefined => read(useStored('tintype.time'))[userId]

/** Of one member, or of all. */
export function forgetTime(userId: string | undefined): void {
  const { [userId ?? '']: _, ...others } = read(readStored('tintype.time'))
  const isLast = userId === undefined || Object.keys(others).length === 0
  writeStored('tintype.time', isLast ? null : JSON.stringify(others))
}
