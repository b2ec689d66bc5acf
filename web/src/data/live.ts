import { API_PREFIX, type SentMessage, type TopicName } from '@tintype/contract'
import { useEffect, useRef } from 'react'
import { RealtimeSocket } from '../realtime/socket.ts'
import { api } from './client.ts'
import { shownMember } from './shown-member.ts'

const toCatchUp = new Set<() => unknown>()

function address(): string {
  const url = new URL(`${API_PREFIX}/realtime`, location.href)
  url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:'
  url.searchParams.set('member', shownMember() ?? '')
  return url.href
}

/** The member's socket; open while they are logged in. */
export const live = new RealtimeSocket({
  url: address,
  catchUp: () => {
    for (const fetchAgain of toCatchUp) void fetchAgain()
  },
  beforeRetry: () => api.members.me(),
})

/** Called when messages to the member may have been missed: reads again what they would have told. Answers the way to stop. */
export function onCatchUp(fetchAgain: () => unknown): () => void {
  toCatchUp.add(fetchAgain)
  return () => toCatchUp.delete(fetchAgain)
}

interface TopicUse {
  hear: (message: SentMessage) => void
  /** Reads again what the topic tells of: it may have changed before it was joined, or while nobody listened. */
  catchUp: () => unknown
  /** It may not be followed any more. */
  onLeave?: () => unknown
}

/** Follows a topic while the component is there; undefined: none. */
export function useTopic(name: TopicName | undefined, use: TopicUse): void {
  const latest = useRef(use)
  useEffect(() => {
    latest.current = use
  })
  useEffect(() => {
    if (name === undefined) return
    return live.follow(name, {
      hear: (message) => latest.current.hear(message),
      catchUp: () => void latest.current.catchUp(),
      leave: () => void latest.current.onLeave?.(),
    })
  }, [name])
}
