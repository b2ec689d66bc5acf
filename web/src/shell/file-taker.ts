import { useEffect, useRef } from 'react'
import { createCell, useCell } from '../kit/cell.ts'

/** A screen that takes files dropped or pasted anywhere, in place of the composer of posts. */
export interface FileTaker {
  /** Said while files hover over the page. */
  label: string
  take: (files: readonly File[]) => void
}

const taker = createCell<FileTaker | null>(null)
export const useFileTaker = (): FileTaker | null => useCell(taker, () => null)

/** While it is there, files are this screen's; undefined: they are not. */
export function useTakeFiles(label: string | undefined, take: FileTaker['take']): void {
  const latest = useRef(take)
  useEffect(() => {
    latest.current = take
  })
  useEffect(() => {
    if (label === undefined) return
    const mine: FileTaker = { label, take: (files) => latest.current(files) }
    taker.set(mine)
    return () => {
      if (taker.get() === mine) taker.set(null)
    }
  }, [label])
}
