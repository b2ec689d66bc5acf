import { type RefObject, useEffect, useRef, useState } from 'react'
import { entities } from '../../../data/entities/entities.ts'
import type { ChatRow } from './message-rows.ts'

interface EndOfList {
  scroller: RefObject<HTMLElement | null>
  rows: readonly ChatRow[]
  hasNewer: boolean
  /** Px from the end that count as being there. */
  near: number
  onEnd: (isAtEnd: boolean) => void
}

const isNear = ({ scrollHeight, scrollTop, clientHeight }: HTMLElement, near: number): boolean =>
  scrollHeight - scrollTop - clientHeight <= near

/** Whether the newest message is in sight; how many of others have come since it was. */
export function useEndOfList({ scroller, rows, hasNewer, near, onEnd }: EndOfList) {
  const [isScrolled, setIsScrolled] = useState(false)
  const isAtEnd = !isScrolled && !hasNewer
  const newest = rows.findLast((row) => row.kind === 'message')?.id
  const seen = useRef(newest)
  if (isAtEnd) seen.current = newest
  const tell = useRef(onEnd)
  useEffect(() => {
    tell.current = onEnd
  })
  useEffect(() => tell.current(isAtEnd), [isAtEnd])
  const fresh = isAtEnd ? 0 : countAfter(rows, seen.current)
  const handleScroll = () => {
    if (scroller.current) setIsScrolled(!isNear(scroller.current, near))
  }
  return { isAtEnd, fresh, handleScroll }
}

function countAfter(rows: readonly ChatRow[], seen: string | undefined): number {
  if (seen === undefined) return 0
  return rows.filter(
    (row) => row.kind === 'message' && row.id > seen && !entities.get('messages', row.id)?.is_own,
  ).length
}
