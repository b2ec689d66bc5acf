import { useEffect, useRef } from 'react'
import { live } from '../data/live.ts'
import { useStored } from '../data/storage.ts'
import { closeSendTo, type SendRequest, useSendRequest } from '../shell/send-slot.ts'
import { lazyWhenOpen } from '../ui/lazy-when-open.tsx'

const SendToDialog = lazyWhenOpen(() => import('../things/direct/SendToDialog.tsx'))

const send = () => void import('../data/direct/outbox.ts').then(({ resumeOutbox }) => resumeOutbox())

/** What messages need wherever one is: those that wait for the network go out when it is back; and things are sent from anywhere. */
export function DirectSlot() {
  const waiting = useStored('tintype.unsent') !== null
  useEffect(() => {
    if (!waiting) return
    send()
    window.addEventListener('online', send)
    const end = live.on('ready', send)
    return () => {
      window.removeEventListener('online', send)
      end()
    }
  }, [waiting])
  const request = useSendRequest()
  const last = useRef<SendRequest | null>(null)
  if (request) last.current = request
  return <SendToDialog open={request !== null} request={last.current} onClose={closeSendTo} />
}
