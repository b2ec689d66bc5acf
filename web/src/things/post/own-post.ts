import type { InfiniteData } from '@tanstack/react-query'
import type { Body, Post, PostId, Routes } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { entities } from '../../data/entities/entities.ts'
import { ingestPosts } from '../../data/entities/ingest.ts'
import type { PostEntity } from '../../data/entities/types.ts'
import type { IdPage } from '../../data/paged-list.ts'
import { archivedFeed } from '../../data/posts.ts'
import { queryClient } from '../../data/query-client.ts'
import { reportError } from '../../data/report-error.ts'
import { toast } from '../../ui/toast.ts'
import { t } from './menu-messages.ts'

type Change = Body<Routes['posts']['edit']>

/** What its author does with a post from its menu. */
async function change(send: () => Promise<Post>, said: string): Promise<Post | undefined> {
  try {
    const post = await send()
    ingestPosts([post])
    toast(said)
    return post
  } catch (error) {
    reportError(error)
    return undefined
  }
}

const edit = ({ post_id }: PostEntity, body: Change, said: string) =>
  change(() => api.posts.edit({ params: { post_id }, body }), said)

export const switchComments = (post: PostEntity) =>
  edit(
    post,
    { comments_enabled: !post.comments_enabled },
    post.comments_enabled ? t('post.commentsNowOff') : t('post.commentsNowOn'),
  )

export const switchLikes = (post: PostEntity) =>
  edit(
    post,
    { likes_hidden: !post.likes_hidden },
    post.likes_hidden ? t('post.likesNowShown') : t('post.likesNowHidden'),
  )

/** It leaves all lists but the archive. */
export async function archivePost({ post_id, user_id }: PostEntity): Promise<void> {
  if (!(await change(() => api.postShelf.archive({ params: { post_id } }), t('post.archivedNow')))) return
  leaveLists(post_id)
  countPosts(user_id, -1)
  await queryClient.invalidateQueries({ queryKey: archivedFeed.queryKey })
}

/** It stands again where it stood, which the lists that are open ask for. */
export async function restorePost({ post_id, user_id }: PostEntity): Promise<void> {
  if (!(await change(() => api.postShelf.restore({ params: { post_id } }), t('post.restoredNow')))) return
  leaveLists(post_id)
  countPosts(user_id, 1)
  await queryClient.invalidateQueries({ queryKey: ['posts'] })
}

export async function switchPin({ post_id, pinned }: PostEntity): Promise<void> {
  const turn = pinned ? api.postShelf.unpin : api.postShelf.pin
  const said = pinned ? t('post.unpinned') : t('post.pinnedNow')
  const post = await change(() => turn({ params: { post_id } }), said)
  if (post) await queryClient.invalidateQueries({ queryKey: ['posts', 'user', post.user.username] })
}

function leaveLists(id: PostId): void {
  queryClient.setQueriesData<InfiniteData<IdPage<PostId>>>(
    { queryKey: ['posts'] },
    (known) =>
      known && {
        ...known,
        pages: known.pages.map((page) => ({ ...page, ids: page.ids.filter((one) => one !== id) })),
      },
  )
}

function countPosts(userId: PostEntity['user_id'], step: number): void {
  const author = entities.get('users', userId)
  if (author?.posts_count !== undefined)
    entities.merge('users', userId, { posts_count: Math.max(0, author.posts_count + step) })
}
