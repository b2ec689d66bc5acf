import { useBlocker, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The history entry that stands for the open story composer. */
    storyComposer?: boolean
  }
}

/**
 * The browser's back (a phone's gesture) closes a panel, then the composer. For that the composer is an entry of the history,
 * which it takes away again when it closes.
 */
export function useStoryBack(onLeave: () => void): void {
  const router = useRouter()
  useBlocker({
    enableBeforeUnload: false,
    shouldBlockFn: ({ action }) => {
      if (action !== 'BACK') return false
      onLeave()
      return true
    },
  })
  useEffect(() => {
    const isEntered = () => router.history.location.state.storyComposer === true
    if (!isEntered())
      void router.navigate({ to: '.', search: true, state: { storyComposer: true }, resetScroll: false })
    return () => {
      // After the blocker above has gone. Whoever has left for another page keeps it.
      setTimeout(() => {
        if (isEntered() && !document.querySelector('[data-story-composer]'))
          router.history.back({ ignoreBlocker: true })
      })
    }
  }, [router])
}
