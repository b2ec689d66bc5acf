import { useSyncExternalStore } from 'react'
import { firstPaint } from '../ui/first-paint.ts'

/** Below it: bars at top and bottom, pages instead of dialogs. */
const PHONE = '(max-width: 767px)'
/** No room for a conversation beside a picture of the column's width: it stands below. */
const NARROW = '(max-width: 1079px)'
const WIDE = '(min-width: 1264px)'

const useMedia = (query: string, atFirst: () => boolean): boolean =>
  useSyncExternalStore(
    (listener) => {
      const media = matchMedia(query)
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    () => matchMedia(query).matches,
    atFirst,
  )

export const useIsPhone = (): boolean => useMedia(PHONE, () => firstPaint.phone)
export const isNarrow = (): boolean => matchMedia(NARROW).matches
export const useIsNarrow = (): boolean => useMedia(NARROW, () => firstPaint.phone)
/** Room for the right rail. */
export const useIsWide = (): boolean => useMedia(WIDE, () => !firstPaint.phone)
export const prefersStill = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches
