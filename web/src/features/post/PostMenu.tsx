import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { useMe } from '../../api/member.ts'
import { reportError } from '../../api/report-error.ts'
import { useUser } from '../../entities/entities.ts'
import { ingestPosts } from '../../entities/ingest.ts'
import type { PostEntity, UserEntity } from '../../entities/types.ts'
import { t } from '../../messages.ts'
import { ActionMenu, type MenuAction } from '../../ui/ActionMenu.tsx'
import { lazyWhenOpen } from '../../ui/lazy-when-open.tsx'
import { toast } from '../../ui/toast.ts'
import { BlockDialog } from '../people/BlockDialog.tsx'
import { setFollowing } from '../people/ties.ts'
import { DeletePostDialog } from './DeletePostDialog.tsx'
import { copyText, postUrl } from './share.ts'

const EditPostDialog = lazyWhenOpen(() => import('./EditPostDialog.tsx'))

interface PostMenuProps {
  post: PostEntity
  open: boolean
  onClose: () => void
  onDeleted?: () => void
}

type Asking = 'edit' | 'delete' | 'block' | null

export function PostMenu({ post, open, onClose, onDeleted }: PostMenuProps) {
  const me = useMe()
  const user = useUser(post.user_id)
  const navigate = useNavigate()
  const [asking, setAsking] = useState<Asking>(null)
  if (!user) return null
  const close = () => setAsking(null)
  const shared: MenuAction[] = [
    {
      label: t('menu.open'),
      onPress: () => void navigate({ to: '/p/$postId', params: { postId: post.post_id } }),
    },
    { label: t('menu.copy'), onPress: () => void copyText(postUrl(post.post_id)) },
  ]
  const actions = post.viewer.is_author
    ? [...ownActions(post, setAsking), ...shared]
    : [...(me ? othersActions(user, setAsking) : []), ...shared]
  return (
    <>
      <ActionMenu open={open} onClose={onClose} label={t('post.menu')} actions={actions} />
      {post.viewer.is_author && (
        <>
          <EditPostDialog post={post} open={asking === 'edit'} onClose={close} />
          <DeletePostDialog post={post} open={asking === 'delete'} onClose={close} onDeleted={onDeleted} />
        </>
      )}
      <BlockDialog user={user} open={asking === 'block'} onClose={close} />
    </>
  )
}

function ownActions(post: PostEntity, ask: (what: Asking) => void): MenuAction[] {
  const [first] = post.media
  return [
    { label: t('menu.delete'), tone: 'danger', onPress: () => ask('delete') },
    { label: t('menu.edit'), onPress: () => ask('edit') },
    {
      label: post.comments_enabled ? t('menu.commentsOff') : t('menu.commentsOn'),
      onPress: () => void switchComments(post),
    },
    ...(first ? [{ label: t('menu.original'), onPress: () => void downloadOriginals(post) }] : []),
  ]
}

function othersActions(user: UserEntity, ask: (what: Asking) => void): MenuAction[] {
  const name = user.username
  const following = Boolean(user.viewer?.following)
  return [
    following
      ? {
          label: t('menu.unfollow', { name }),
          tone: 'danger',
          onPress: () => void setFollowing(user.user_id, false),
        }
      : { label: t('menu.follow', { name }), onPress: () => void setFollowing(user.user_id, true) },
    { label: t('menu.block', { name }), tone: 'danger', onPress: () => ask('block') },
  ]
}

async function switchComments({ post_id, comments_enabled }: PostEntity): Promise<void> {
  try {
    ingestPosts([await api.editPost({ params: { post_id }, body: { comments_enabled: !comments_enabled } })])
    toast(comments_enabled ? t('post.commentsNowOff') : t('post.commentsNowOn'))
  } catch (error) {
    reportError(error)
  }
}

async function downloadOriginals(post: PostEntity): Promise<void> {
  try {
    for (const { media_id } of post.media) {
      const { url } = await api.original({ params: { media_id } })
      const link = Object.assign(document.createElement('a'), { href: url, download: '' })
      link.click()
    }
  } catch (error) {
    reportError(error)
  }
}
