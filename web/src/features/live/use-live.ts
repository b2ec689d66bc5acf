import { queryOptions, useQuery } from '@tanstack/react-query'
import type { Live, LiveComment, LiveId, SentMessage, TopicName } from '@tintype/contract'
import { useEffect, useState } from 'react'
import { api } from '../../data/client.ts'
import { useTopic } from '../../data/live.ts'
import { useMe } from '../../data/member.ts'
import { queryClient } from '../../data/query-client.ts'

/** A player's address is good for ten minutes. */
const RENEW_MS = 4 * 60_000
/** For visitors, who have no socket. */
const LOOK_MS = 10_000
/** For a host who waits for what their software sends. */
const SOURCE_MS = 2000

export const liveQuery = (id: LiveId) =>
  queryOptions({
    queryKey: ['live', id],
    queryFn: ({ signal }) => api.live.get({ params: { live_id: id }, signal }),
    staleTime: 0,
    retry: false,
  })
export const commentsQuery = (id: LiveId) =>
  queryOptions({
    queryKey: ['live-comments', id],
    queryFn: ({ signal }) => api.live.comments({ params: { live_id: id }, signal }),
    staleTime: 0,
    retry: false,
  })

const MOST = 200

export function patchLive(id: LiveId, change: Partial<Live>): void {
  queryClient.setQueryData(liveQuery(id).queryKey, (live: Live | undefined) => live && { ...live, ...change })
}

export function addComment(id: LiveId, comment: LiveComment): void {
  queryClient.setQueryData(commentsQuery(id).queryKey, (known: LiveComment[] = []) =>
    known.some((one) => one.live_comment_id === comment.live_comment_id)
      ? known.map((one) => (one.live_comment_id === comment.live_comment_id ? comment : one))
      : [...known, comment].slice(-MOST),
  )
}

function hear(id: LiveId, message: SentMessage): void {
  if (message.type === 'live.counted') {
    const { viewers_count, hearts_count } = message.data
    patchLive(id, { viewers_count, hearts_count })
  }
  if (message.type === 'live.said') addComment(id, message.data.comment)
  if (message.type === 'live.unsaid') {
    const gone = message.data.live_comment_id
    queryClient.setQueryData(commentsQuery(id).queryKey, (known: LiveComment[] = []) =>
      known.filter((one) => one.live_comment_id !== gone),
    )
  }
  if (message.type === 'live.changed') void queryClient.invalidateQueries({ queryKey: ['live', id] })
}

/** A live and what is said in it, as it is now. */
export function useLive(id: LiveId) {
  const me = useMe()
  const query = useQuery({
    ...liveQuery(id),
    // What is over stays as it is.
    refetchInterval: ({ state: { data } }) => {
      if (data?.status === 'waiting' && data.host?.source === 'encoder') return SOURCE_MS
      return data?.status !== 'ended' && (me ? RENEW_MS : LOOK_MS)
    },
  })
  const isOver = query.data?.status === 'ended'
  const comments = useQuery({ ...commentsQuery(id), refetchInterval: !me && !isOver && LOOK_MS })
  const refresh = () => {
    void query.refetch()
    void comments.refetch()
  }
  // Kept while it is asked for anew: what is hidden from one moment to the next is said by the answer.
  const [gone, setGone] = useState(false)
  const topic: TopicName | undefined = me ? `live:${id}` : undefined
  useTopic(topic, {
    hear: (message) => hear(id, message),
    catchUp: refresh,
    onLeave: () => setGone(true),
  })
  const { refetch } = query
  useEffect(() => {
    if (gone) void refetch()
  }, [gone, refetch])
  return { query, comments: comments.data ?? [] }
}
