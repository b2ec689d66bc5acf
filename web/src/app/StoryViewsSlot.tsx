import { useEffect } from 'react'
import { useStored } from '../data/storage.ts'

const send = () => void import('../things/story/view-queue.ts').then(({ sendViews }) => sendViews())

/** Sends the views of stories that a lost connection left in this browser, now and whenever the network is back. */
export function StoryViewsSlot() {
  const waiting = useStored('tintype.views') !== null
  useEffect(() => {
    if (!waiting) return
    send()
    window.addEventListener('online', send)
    return () => window.removeEventListener('online', send)
  }, [waiting])
  return null
}
