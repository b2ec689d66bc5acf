import { scheduleLimits } from '@tintype/contract'
import { dateFormat } from '../../ui/relative-time.ts'

const two = (n: number) => String(n).padStart(2, '0')

/** As the field wants it: `2026-05-03T18:30`, on the reader's clock. */
export const localOf = (at: Date): string =>
  `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`

/** Null where it is no time; one that the clock leaves out or has twice is what the browser makes of it. */
export function instantOf(local: string): Date | null {
  const at = new Date(local)
  return local === '' || Number.isNaN(at.getTime()) ? null : at
}

export type TimeFault = 'past' | 'far' | null

/** Why a post cannot be scheduled for it. */
export function faultOf(at: Date | null, now: number): TimeFault {
  if (!at || at.getTime() <= now) return 'past'
  return at.getTime() > now + scheduleLimits.ahead * 1000 ? 'far' : null
}

/** The next full hour that is an hour ahead at least. */
export function firstOffer(now: number): Date {
  const at = new Date(now + 3_600_000)
  at.setMinutes(60, 0, 0)
  return at
}

/** `Sunday 3 May, 18:30` */
export const whenText = (at: string): string =>
  dateFormat({ weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' }).format(
    new Date(at),
  )

/** `Europe/Berlin` */
export const zoneName = (): string => dateFormat({}).resolvedOptions().timeZone
