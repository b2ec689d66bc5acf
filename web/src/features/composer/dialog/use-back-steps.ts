import { useBlocker } from '@tanstack/react-router'
import { useComposer } from '../composer-context.ts'
import { steps } from '../draft/draft.ts'

/** The browser's back (a phone's gesture) goes back by a step, and only from the first one out of the composer. */
export function useBackSteps(onLeave: () => void): void {
  const { session } = useComposer()
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
}
