import { useEffect } from 'react'

/** Has the browser ask who leaves the page while that would interrupt something. */
export function useLeaveWarning(unsafe: boolean): void {
  useEffect(() => {
    if (!unsafe) return
    const handleLeave = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', handleLeave)
    return () => removeEventListener('beforeunload', handleLeave)
  }, [unsafe])
}
