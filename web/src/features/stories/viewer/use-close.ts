import { useCanGoBack, useRouter } from '@tanstack/react-router'
import { useCallback, useRef } from 'react'

/** Back to where the viewer was opened, or home where it was the first page; once, however often it is asked. */
export function useClose(): () => void {
  const router = useRouter()
  const canGoBack = useCanGoBack()
  const isClosing = useRef(false)
  return useCallback(() => {
    if (isClosing.current) return
    isClosing.current = true
    if (canGoBack) router.history.back()
    else void router.navigate({ to: '/', replace: true })
  }, [router, canGoBack])
}
