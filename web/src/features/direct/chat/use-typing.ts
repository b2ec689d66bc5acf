import type { ConversationId, RealtimeMessages, UserId } from '@tintype/contract'
import { useCallback, useEffect, useRef, useState } from 'react'
import { refreshConversation } from '../../../data/direct/conversations.ts'
import { live, useTopic } from '../../../data/live.ts'
import { useMember } from '../../../data/member.ts'

type Presence = RealtimeMessages['conversation.presence']['members'][number]

/** Milliseconds after which nobody is taken to be typing, or there, of whom nothing more is heard. */
const TYPING_MS = 6000
const ACTIVE_MS = 60_000
/** Between two signs that one is typing oneself. */
const TELL_MS = 3000

/** Who is typing and who is there; both end by themselves, should the one at the other end be gone without a word. */
export function useCompany(id: ConversationId) {
  const me = useMember()
  const typing = useExpiring<UserId, true>(TYPING_MS)
  const present = useExpiring<UserId, true>(ACTIVE_MS)
  const [seen, setSeen] = useState<ReadonlyMap<UserId, Presence>>(new Map())
  const hearPresence = (members: readonly Presence[]) => {
    const others = members.filter(({ user_id }) => user_id !== me.user_id)
    for (const { user_id, active } of others) {
      if (active) present.set(user_id, true)
      else present.end(user_id)
    }
    setSeen((known) => new Map([...known, ...others.map((one) => [one.user_id, one] as const)]))
  }
  useTopic(`conversation:${id}`, {
    hear: ({ type, data }) => {
      if (type === 'conversation.typing' && data.user_id !== me.user_id) typing.set(data.user_id, true)
      if (type === 'conversation.presence') hearPresence(data.members)
    },
    // What is said in it is of the moment.
    catchUp: () => undefined,
    onLeave: () => void refreshConversation(id).catch(() => undefined),
  })
  const { end } = typing
  useEffect(
    () =>
      live.on('message.created', ({ message }) => {
        if (message.conversation_id === id && message.user) end(message.user.user_id)
      }),
    [id, end],
  )
  return { typing: [...typing.now.keys()], active: new Set(present.now.keys()), seen }
}

/** Says that one is typing, at most every three seconds. */
export function useTellTyping(conversation_id: ConversationId): () => void {
  const last = useRef(Number.NEGATIVE_INFINITY)
  return useCallback(() => {
    const now = performance.now()
    if (now - last.current < TELL_MS) return
    last.current = now
    live.send({ type: 'typing', data: { conversation_id } })
  }, [conversation_id])
}

/** Things that are gone after so many milliseconds, unless they are heard of again. */
function useExpiring<K, V>(ms: number) {
  const [now, setNow] = useState<ReadonlyMap<K, V>>(new Map())
  const timers = useRef(new Map<K, ReturnType<typeof setTimeout>>())
  const end = useCallback((key: K) => {
    clearTimeout(timers.current.get(key))
    timers.current.delete(key)
    setNow((known) => {
      if (!known.has(key)) return known
      const left = new Map(known)
      left.delete(key)
      return left
    })
  }, [])
  const set = useCallback(
    (key: K, value: V) => {
      clearTimeout(timers.current.get(key))
      timers.current.set(
        key,
        setTimeout(() => end(key), ms),
      )
      setNow((known) => (known.has(key) ? known : new Map(known).set(key, value)))
    },
    [end, ms],
  )
  useEffect(() => {
    const all = timers.current
    return () => {
      for (const timer of all.values()) clearTimeout(timer)
    }
  }, [])
  return { now, set, end }
}
