import { useEffect, useRef } from 'react'

/** Keeps an element within what the on-screen keyboard leaves of the screen, as `--view-height` and `--view-top`. */
export function useVisibleHeight() {
  const ref = useRef<HTMLElement>(null)
  useEffect(() => {
    const view = window.visualViewport
    if (!view) return
    const fit = () => {
      ref.current?.style.setProperty('--view-height', `${Math.round(view.height)}px`)
      ref.current?.style.setProperty('--view-top', `${Math.round(view.offsetTop)}px`)
    }
    fit()
    view.addEventListener('resize', fit)
    view.addEventListener('scroll', fit)
    return () => {
      view.removeEventListener('resize', fit)
      view.removeEventListener('scroll', fit)
    }
  }, [])
  return ref
}
