import type { Virtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useState } from 'react'
import { type ListPlace, storePlace, takePlace } from './list-place.ts'

type Rows = Virtualizer<Window, Element>

interface Listed {
  memory: string | undefined
  count: number
  hasMore: boolean
  loadingMore: boolean
  onMore: () => void
}

/** Whoever scrolls meanwhile is where they want to be. */
const OWN_MOVES = ['wheel', 'touchstart', 'keydown', 'pointerdown'] as const
/** Heads above and rows above take their final height in this time, also on a slow machine, and the place is kept meanwhile. */
const SETTLE_MS = 5000

/** After a reload, loads as many pages as were there and scrolls back to the item that was first on the screen. */
export function useListPlace(rows: Rows, list: Listed): void {
  const { memory, count, hasMore, loadingMore, onMore } = list
  const [wanted, setWanted] = useState<ListPlace | undefined>(() => (memory ? takePlace(memory) : undefined))
  useEffect(() => {
    if (!memory) return
    const store = () => storePlace(memory, placeOf(rows))
    window.addEventListener('pagehide', store)
    return () => window.removeEventListener('pagehide', store)
  }, [memory, rows])
  const index = wanted && indexOf(rows, count, wanted, hasMore)
  useEffect(() => {
    if (wanted && index === undefined && hasMore && !loadingMore) onMore()
  }, [wanted, index, hasMore, loadingMore, onMore])
  useLayoutEffect(() => {
    if (!wanted || index === undefined) return
    return keepAt(rows, index, wanted.offset, () => setWanted(undefined))
  }, [wanted, index, rows])
}

/** By its key; by its place in the list where it is gone from it. */
function indexOf(rows: Rows, count: number, { key, index }: ListPlace, hasMore: boolean) {
  for (let here = 0; here < count; here++) if (String(rows.options.getItemKey(here)) === key) return here
  if (index < count) return index
  return hasMore || count === 0 ? undefined : count - 1
}

const topOf = (rows: Rows, index: number): number | undefined => {
  const element = rows.elementsCache.get(rows.options.getItemKey(index))
  return element?.isConnected ? element.getBoundingClientRect().top : undefined
}

function placeOf(rows: Rows): ListPlace | undefined {
  if (window.scrollY < 1) return
  for (const { index, key, size } of rows.getVirtualItems()) {
    const offset = topOf(rows, index)
    if (offset !== undefined && offset + size > 0) return { key: String(key), index, offset }
  }
}

/** Scrolls the item to `offset` px below the top of the window, again in each frame until all above it is at rest. */
function keepAt(rows: Rows, index: number, offset: number, onDone: () => void): () => void {
  const until = performance.now() + SETTLE_MS
  let frame = 0
  const step = () => {
    const top = topOf(rows, index)
    if (top === undefined) window.scrollTo({ top: (rows.measurementsCache[index]?.start ?? 0) - offset })
    else if (Math.abs(top - offset) >= 1) window.scrollBy({ top: top - offset })
    if (performance.now() < until) frame = requestAnimationFrame(step)
    else onDone()
  }
  step()
  for (const move of OWN_MOVES) window.addEventListener(move, onDone, { once: true, passive: true })
  return () => {
    cancelAnimationFrame(frame)
    for (const move of OWN_MOVES) window.removeEventListener(move, onDone)
  }
}
