import { useEffect, useRef } from 'react'
import { useMe } from '../data/member.ts'
import { Toaster } from '../ui/Toaster.tsx'
import { OfflineNote } from './frame/OfflineNote.tsx'
import styles from './Notices.module.css'

/**
 * What is said in passing, in one column, so that nothing covers another. How high it stands is told to whatever else
 * floats above the bar, as `--notices`.
 */
export function Notices() {
  const me = useMe()
  const column = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = column.current
    if (!element) return
    const tell = () =>
      document.documentElement.style.setProperty('--notices', `${Math.ceil(element.offsetHeight)}px`)
    const observer = new ResizeObserver(tell)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return (
    <div ref={column} className={styles.column}>
      <Toaster />
      {me && <OfflineNote />}
    </div>
  )
}
