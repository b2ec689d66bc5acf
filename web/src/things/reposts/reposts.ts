import { queryOptions } from '@tanstack/react-query'
import type { PostId, RepostSettings } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { ingestUsers } from '../../data/entities/ingest.ts'
import { postList } from '../../data/posts.ts'
import { queryClient } from '../../data/query-client.ts'
import { reportError } from '../../data/report-error.ts'
import { toast } from '../../ui/toast.ts'
import { t } from './messages.ts'

export const repostState = (post_id: PostId) =>
  queryOptions({
    queryKey: ['repost', post_id],
    queryFn: () => api.reposts.get({ params: { post_id } }),
    staleTime: 0,
  })

export const repostsOf = (username: string) =>
  postList(['reposts', username], (query, signal) =>
    api.reposts.ofMember({ params: { username }, query, signal }),
  )

const settingsOf = ({ allowed, muted }: RepostSettings) => ({ allowed, muted: ingestUsers(muted) })
export const repostSettings = queryOptions({
  queryKey: ['repost-settings'],
  queryFn: async () => settingsOf(await api.reposts.settings()),
})

export async function setReposted(post_id: PostId, want: boolean): Promise<void> {
  const { queryKey } = repostState(post_id)
  const call = { params: { post_id } }
  try {
    const changed = await (want ? api.reposts.repost(call) : api.reposts.undo(call))
    queryClient.setQueryData(queryKey, (known) => known && { ...known, ...changed })
  } catch (error) {
    return reportError(error)
  }
  toast(want ? t('repost.done') : t('repost.undone'))
  await queryClient.invalidateQueries({ queryKey: ['posts', 'reposts'] })
}

export async function allowReposts(allowed: boolean): Promise<void> {
  const changed = await api.reposts.changeSettings({ body: { allowed } })
  queryClient.setQueryData(repostSettings.queryKey, settingsOf(changed))
}

/** Hides what a member reposts, or shows it again. */
export async function setRepostsHidden(username: string, want: boolean): Promise<void> {
  const call = { params: { username } }
  try {
    await (want ? api.reposts.mute(call) : api.reposts.unmute(call))
  } catch (error) {
    return reportError(error)
  }
  if (want) toast(t('repost.muted', { name: username }))
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: ['posts', 'home'] }),
    queryClient.invalidateQueries({ queryKey: repostSettings.queryKey }),
  ])
}
