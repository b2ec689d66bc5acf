import { useBlocker, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useComposer } from '../composer-context.ts'
import { steps } from '../draft/draft.ts'

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The history entry that stands for the open composer. */
    composer?: boolean
  }
}

/**
 * The browser's back (a phone's gesture) goes back by a step, and only from the first one out of the composer. For that the
 * composer is an entry of the history, which it takes away again when it closes.
 */
export function useBackSteps(onLeave: () => void): void {
  const { session } = useComposer()
  const router = useRouter()
  useBlocker({
    enableBeforeUnload: false,
    shouldBlockFn: ({ action }) => {
      if (action !== 'BACK') return false
      const before = steps[steps.indexOf(session.draft.get().step) - 1]
      if (before && before !== 'pick') session.dispatch({ type: 'stepped', step: before })
      else onLeave()
      return true
    },
  })
  useEffect(() => {
    const isEntered = () => router.history.location.state.composer === true
    if (!isEntered())
      void router.navigate({ to: '.', search: true, state: { composer: true }, resetScroll: false })
    return () => {
      // After the blocker above has gone. Whoever has left for another page keeps it.
      setTimeout(() => {
        if (isEntered() && !document.querySelector('[data-composer]'))
          router.history.back({ ignoreBlocker: true })
      })
    }
  }, [router])
}
