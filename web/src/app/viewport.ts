import { useSyncExternalStore } from 'react'

/** Below it: bars at top and bottom, pages instead of dialogs. */
const PHONE = '(max-width: 767px)'
/** No room for a conversation beside a picture of the column's width: it stands below. */
const NARROW = '(max-width: 1079px)'
const WIDE = '(min-width: 1264px)'

const useMedia = (query: string): boolean =>
  useSyncExternalStore(
    (listener) => {
      const media = matchMedia(query)
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    () => matchMedia(query).matches,
  )

export const useIsPhone = (): boolean => useMedia(PHONE)
export const isNarrow = (): boolean => matchMedia(NARROW).matches
export const useIsNarrow = (): boolean => useMedia(NARROW)
/** Room for the right rail. */
export const useIsWide = (): boolean => useMedia(WIDE)
export const prefersStill = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches
