import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { entities } from '../../../data/entities/entities.ts'
import type { ChatRow } from './message-rows.ts'

interface EndOfList {
  scroller: RefObject<HTMLElement | null>
  rows: readonly ChatRow[]
  /** Of all rows, as far as it is known. */
  height: number
  hasNewer: boolean
  /** Px from the end that count as being there. */
  near: number
  /** Scrolls there; it is the list's own doing, which else would take it for the reader's. */
  scrollToEnd: () => void
  onEnd: (isAtEnd: boolean) => void
}

const distance = ({ scrollHeight, scrollTop, clientHeight }: HTMLElement): number =>
  scrollHeight - scrollTop - clientHeight

/**
 * Whether the newest message is in sight; how many of others have come since it was. It stays in sight, whatever grows above it and
 * however the room for it changes, until the reader scrolls up.
 */
export function useEndOfList({ scroller, rows, height, hasNewer, near, scrollToEnd, onEnd }: EndOfList) {
  const [isScrolled, setIsScrolled] = useState(false)
  const top = useRef(0)
  const isAtEnd = !isScrolled && !hasNewer
  const hold = useHold(scroller, isAtEnd, scrollToEnd)
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever what is held has changed
  useLayoutEffect(hold, [hold, height, rows])
  const newest = rows.findLast((row) => row.kind === 'message')?.id
  const seen = useRef(newest)
  if (isAtEnd) seen.current = newest
  const tell = useRef(onEnd)
  useEffect(() => {
    tell.current = onEnd
  })
  useEffect(() => tell.current(isAtEnd), [isAtEnd])
  const handleScroll = () => {
    const box = scroller.current
    if (!box) return
    const isUp = box.scrollTop < top.current - 1
    top.current = box.scrollTop
    if (distance(box) <= near) setIsScrolled(false)
    else if (isUp) setIsScrolled(true)
    else hold()
  }
  return {
    isAtEnd,
    fresh: isAtEnd ? 0 : countAfter(rows, seen.current),
    handleScroll,
    /** Another place is to be shown. */
    leave: () => setIsScrolled(true),
    return: () => setIsScrolled(false),
  }
}

/** Scrolls to the end, now and when the box changes its size, while it is held there. */
function useHold(
  scroller: RefObject<HTMLElement | null>,
  isHeld: boolean,
  scrollToEnd: () => void,
): () => void {
  const latest = useRef(scrollToEnd)
  useLayoutEffect(() => {
    latest.current = scrollToEnd
  })
  const hold = useCallback(() => {
    const box = scroller.current
    if (isHeld && box && distance(box) > 1) latest.current()
  }, [scroller, isHeld])
  useEffect(() => {
    const box = scroller.current
    if (!box) return
    const observer = new ResizeObserver(hold)
    observer.observe(box)
    return () => observer.disconnect()
  }, [scroller, hold])
  return hold
}

function countAfter(rows: readonly ChatRow[], seen: string | undefined): number {
  if (seen === undefined) return 0
  return rows.filter(
    (row) => row.kind === 'message' && row.id > seen && !entities.get('messages', row.id)?.is_own,
  ).length
}
