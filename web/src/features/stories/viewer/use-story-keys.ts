import { type RefObject, useEffect, useRef } from 'react'

interface Acts {
  step: (by: number) => void
  toggle: () => void
}

/**
 * Arrows turn and the space bar pauses, unless what has the focus has a use for them. Esc is the dialog's. Keys of a dialog that
 * lies over the viewer are not its own.
 */
export function useStoryKeys(stage: RefObject<HTMLElement | null>, acts: Acts): void {
  const current = useRef(acts)
  useEffect(() => {
    current.current = acts
  })
  useEffect(() => {
    const handleKey = (event: KeyboardEvent) => {
      const { target, key, altKey, ctrlKey, metaKey } = event
      const viewer = stage.current?.closest('[role=dialog]')
      if (altKey || ctrlKey || metaKey || event.defaultPrevented) return
      if (!(target instanceof Element) || !viewer?.contains(target) || target.matches('input')) return
      const { step, toggle } = current.current
      if (key === 'ArrowLeft') step(-1)
      else if (key === 'ArrowRight') step(1)
      else if (key === ' ' && !target.closest('button, a')) toggle()
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', handleKey)
    return () => document.removeEventListener('keydown', handleKey)
  }, [stage])
}
