import { useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx'

/** Which link each history entry was left by, to come back to. */
const leftBy = new Map<string, string>()

const mainLink = (href: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`main a[href="${CSS.escape(href)}"]`)

/**
 * Does for a route what a page load does: moves focus to the content and says the new title. Going back puts focus on
 * the link the page was left by. Dialogs over a page change the search only, and keep their own focus.
 */
export function RouteFocus() {
  const router = useRouter()
  const [title, setTitle] = useState('')
  useEffect(() => {
    const keyOf = () => router.history.location.state.__TSR_key ?? ''
    let key = keyOf()
    let timer: ReturnType<typeof setTimeout> | undefined
    const stopLeaving = router.subscribe('onBeforeNavigate', () => {
      const href = document.activeElement?.getAttribute('href')
      if (href && key) leftBy.set(key, href)
    })
    const stopArriving = router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
      key = keyOf()
      if (!fromLocation || !pathChanged) return
      // Titles are set by the screen's effects, which run after this.
      clearTimeout(timer)
      timer = setTimeout(() => {
        const link = mainLink(leftBy.get(key) ?? '')
        const main = document.getElementById('main')
        if (document.activeElement === document.body || !main?.contains(document.activeElement))
          (link ?? main)?.focus({ preventScroll: true })
        setTitle(document.title)
      }, 50)
    })
    return () => {
      stopLeaving()
      stopArriving()
      clearTimeout(timer)
    }
  }, [router])
  return <VisuallyHidden live>{title}</VisuallyHidden>
}
