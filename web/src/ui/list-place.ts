/** Where the reader of a list stood when the page was reloaded: which item was first on the screen, and how far from the top. */
export interface ListPlace {
  key: string
  index: number
  /** Px from the top of the window to the top of the item. */
  offset: number
}

const STORED = 'tintype.place'
const nameOf = (memory: string) => `${location.pathname}#${memory}`

/** Kept for this tab alone, until it is taken up; storage may be closed to us. */
export function storePlace(memory: string, place: ListPlace | undefined): void {
  try {
    if (place) sessionStorage.setItem(STORED, JSON.stringify({ name: nameOf(memory), ...place }))
    else sessionStorage.removeItem(STORED)
  } catch {
    // The page then opens at its top.
  }
}

/** Only the first list after a reload is put back; whoever comes by a link begins at the top. */
let isFirst = true

export function takePlace(memory: string): ListPlace | undefined {
  if (!isFirst) return
  try {
    const place = JSON.parse(sessionStorage.getItem(STORED) ?? 'null') as
      | (ListPlace & { name: string })
      | null
    if (place?.name !== nameOf(memory)) return
    isFirst = false
    sessionStorage.removeItem(STORED)
    const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
    return visit?.type === 'reload' || visit?.type === 'back_forward' ? place : undefined
  } catch {
    return
  }
}
