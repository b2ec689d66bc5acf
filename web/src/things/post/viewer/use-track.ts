import { type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { prefersStill } from '../../../shell/viewport.ts'

/** A row of pictures, each as wide as the screen, that the browser scrolls: which one is there, and how large its stage is. */
export function useTrack(track: RefObject<HTMLElement | null>, count: number, initial: number) {
  const [at, setAt] = useState(Math.min(Math.max(0, initial), count - 1))
  const [size, setSize] = useState({ width: innerWidth, height: innerHeight })
  const here = useRef(at)
  useLayoutEffect(() => {
    const measure = () => {
      const list = track.current
      if (!list) return
      setSize({ width: list.clientWidth || innerWidth, height: list.clientHeight || innerHeight })
      // Also after the screen was turned: the same picture stays.
      list.scrollLeft = here.current * list.clientWidth
    }
    measure()
    addEventListener('resize', measure)
    return () => removeEventListener('resize', measure)
  }, [track])
  const show = (index: number) => {
    here.current = index
    setAt(index)
  }
  const handleScroll = () => {
    const list = track.current
    if (list?.clientWidth) show(Math.round(list.scrollLeft / list.clientWidth))
  }
  const goTo = (index: number) => {
    const list = track.current
    const within = Math.min(count - 1, Math.max(0, index))
    list?.scrollTo({ left: within * list.clientWidth, behavior: prefersStill() ? 'auto' : 'smooth' })
  }
  return { at, size, handleScroll, goTo, turn: (step: number) => goTo(at + step) }
}

export type Turning = ReturnType<typeof useTrack>
