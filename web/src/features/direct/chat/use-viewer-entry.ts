import { useRouter, useRouterState } from '@tanstack/react-router'
import type { MessageId } from '@tintype/contract'
import { useCallback } from 'react'

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The history entry that stands for a message's pictures on the full screen: back closes it. */
    messagePictures?: { of: MessageId; at: number }
  }
}

/** Which of a message's pictures is looked at, null where none is. */
export function useViewerEntry(of: MessageId) {
  const router = useRouter()
  const asked = useRouterState({ select: ({ location }) => location.state.messagePictures })
  const open = useCallback(
    (at: number) =>
      void router.navigate({
        to: '.',
        search: true,
        state: { messagePictures: { of, at } },
        resetScroll: false,
      }),
    [router, of],
  )
  return { at: asked?.of === of ? asked.at : null, open }
}
