import { queryOptions } from '@tanstack/react-query'
import type { FeedWeights, PostId, UserId } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { entities } from '../../data/entities/entities.ts'
import { ingestUsers } from '../../data/entities/ingest.ts'
import { queryClient } from '../../data/query-client.ts'
import { reportError } from '../../data/report-error.ts'
import { toast } from '../../ui/toast.ts'
import { setMuting } from '../people/ties.ts'
import { t } from './messages.ts'

const MINUTES = 60_000

export const favouritesQuery = queryOptions({
  queryKey: ['favourites'],
  queryFn: async () => ingestUsers(await api.feed.favourites()),
  staleTime: 10 * MINUTES,
})
export const followedTagsQuery = queryOptions({
  queryKey: ['followed-tags'],
  queryFn: async () => (await api.feed.followedTags()).map(({ tag }) => tag),
  staleTime: 10 * MINUTES,
})
export const weightsQuery = queryOptions({
  queryKey: ['feed-weights'],
  queryFn: () => api.feed.weights(),
  staleTime: 10 * MINUTES,
})
export const rankReasonQuery = (post_id: PostId) =>
  queryOptions({
    queryKey: ['rank-reason', post_id],
    queryFn: () => api.feed.why({ params: { post_id } }),
    staleTime: 0,
  })

const feedChanged = () => queryClient.invalidateQueries({ queryKey: ['posts', 'home'], refetchType: 'none' })

/** Changes a list at once; it is as it was where that fails. */
async function changeList<T>(
  queryKey: readonly string[],
  change: (known: readonly T[]) => T[],
  send: () => Promise<unknown>,
): Promise<boolean> {
  const before = queryClient.getQueryData<T[]>(queryKey)
  if (before) queryClient.setQueryData(queryKey, change(before))
  try {
    await send()
  } catch (error) {
    queryClient.setQueryData(queryKey, before)
    reportError(error)
    return false
  }
  await feedChanged()
  return true
}

export async function setFavourite(userId: UserId, want: boolean): Promise<void> {
  const name = entities.get('users', userId)?.username ?? ''
  const call = { params: { username: name } }
  const isDone = await changeList<UserId>(
    favouritesQuery.queryKey,
    (known) => (want ? [userId, ...known] : known.filter((id) => id !== userId)),
    () => (want ? api.feed.addFavourite(call) : api.feed.removeFavourite(call)),
  )
  if (isDone) toast(want ? t('favourite.added', { name }) : t('favourite.removed', { name }))
}

export async function setTagFollowed(tag: string, want: boolean): Promise<void> {
  const call = { params: { tag } }
  const isDone = await changeList<string>(
    followedTagsQuery.queryKey,
    (known) => (want ? [...known, tag].sort() : known.filter((one) => one !== tag)),
    () => (want ? api.feed.followTag(call) : api.feed.unfollowTag(call)),
  )
  if (isDone && want) toast(t('tag.followed', { tag }))
}

export async function snooze(userId: UserId): Promise<void> {
  const name = entities.get('users', userId)?.username ?? ''
  try {
    const viewer = await api.graph.snooze({ params: { username: name } })
    entities.merge('users', userId, { viewer })
  } catch (error) {
    return reportError(error)
  }
  await feedChanged()
  toast(t('snooze.done', { name }), {
    label: t('snooze.undo'),
    onPress: () => void setMuting(userId, false),
  })
}

export async function changeWeights(weights: FeedWeights): Promise<void> {
  queryClient.setQueryData(weightsQuery.queryKey, weights)
  try {
    await api.feed.changeWeights({ body: weights })
  } catch (error) {
    reportError(error)
    return queryClient.invalidateQueries({ queryKey: weightsQuery.queryKey })
  }
  await feedChanged()
  await queryClient.invalidateQueries({ queryKey: ['rank-reason'] })
}
