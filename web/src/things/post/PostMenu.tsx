import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { PostId, UserId } from '@tintype/contract'
import {
  Archive,
  ArchiveRestore,
  ArrowUpRight,
  Ban,
  BookmarkPlus,
  CircleHelp,
  Clock,
  Download,
  EyeOff,
  Flag,
  Heart,
  HeartOff,
  Link2,
  MessageCircle,
  MessageCircleOff,
  Pencil,
  Pin,
  PinOff,
  Star,
  StarOff,
  ThumbsDown,
  Trash2,
  UserMinus,
  UserPlus,
  UserRound,
  Users,
  Volume2,
  VolumeX,
} from 'lucide-react'
import { useState } from 'react'
import { api } from '../../data/client.ts'
import { useUser } from '../../data/entities/entities.ts'
import type { PostEntity, UserEntity } from '../../data/entities/types.ts'
import { useMe } from '../../data/member.ts'
import { reportError } from '../../data/report-error.ts'
import { t } from '../../kit/messages.ts'
import ActionMenu, { type MenuAction } from '../../ui/ActionMenuPanel.tsx'
import { lazyWhenOpen } from '../../ui/lazy-when-open.tsx'
import { t as collecting } from '../collections/messages.ts'
import { openSaveSheet } from '../collections/save-sheet.ts'
import { t as exploring } from '../explore/messages.ts'
import { hideAuthor, refusePost } from '../explore/refuse.ts'
import { WhyDialog } from '../explore/WhyDialog.tsx'
import { favouritesQuery, setFavourite, snooze } from '../feed/choices.ts'
import { t as feed } from '../feed/messages.ts'
import { RankDialog } from '../feed/RankDialog.tsx'
import { t as linking } from '../links/messages.ts'
import { BlockDialog } from '../people/BlockDialog.tsx'
import { setFollowing, setMuting } from '../people/ties.ts'
import { t as reporting } from '../reporting/messages.ts'
import { openReport } from '../reporting/report-sheet.ts'
import { useRepostActions } from '../reposts/use-repost-actions.ts'
import { t as making } from '../together/messages.ts'
import { DeletePostDialog } from './DeletePostDialog.tsx'
import { t as words } from './menu-messages.ts'
import { archivePost, restorePost, switchComments, switchLikes, switchPin } from './own-post.ts'
import { copyText, postUrl } from './share.ts'

const AuthorsDialog = lazyWhenOpen(() => import('../together/AuthorsDialog.tsx'))
const LinkDialog = lazyWhenOpen(() => import('../links/LinkDialog.tsx'))
const EditPostDialog = lazyWhenOpen(() => import('./EditPostDialog.tsx'))

interface PostMenuProps {
  post: PostEntity
  open: boolean
  onClose: () => void
  onDeleted?: () => void
}

const PeopleDialog = lazyWhenOpen(() => import('../tags/PeopleDialog.tsx'))

type Asking = 'link' | 'people' | 'authors' | 'edit' | 'delete' | 'block' | 'why' | 'rank' | null

export default function PostMenu({ post, open, onClose, onDeleted }: PostMenuProps) {
  const me = useMe()
  const user = useUser(post.user_id)
  const router = useRouter()
  const [asking, setAsking] = useState<Asking>(null)
  const reposting = useRepostActions(post)
  const { data: favourites } = useQuery({
    ...favouritesQuery,
    enabled: me !== null && !post.viewer.is_author,
  })
  const isRanked = me !== null && !post.viewer.is_author && (post.viewer.following || !!post.hashtag)
  if (!user) return null
  const close = () => setAsking(null)
  const isAmongReels =
    me !== null && !post.viewer.is_author && !!post.reel && inReels(router.state.location.pathname)
  const isHere = router.state.location.pathname === `/p/${post.post_id}`
  const actions = [
    !isHere && {
      label: words('menu.open'),
      icon: ArrowUpRight,
      onPress: () => void router.navigate({ to: '/p/$postId', params: { postId: post.post_id } }),
    },
    { label: words('menu.copy'), icon: Link2, onPress: () => void copyText(postUrl(post.post_id)) },
    me !== null && {
      label: collecting('menu.collect'),
      icon: BookmarkPlus,
      onPress: () => openSaveSheet(post.post_id),
    },
    ...reposting,
    post.downloads_allowed &&
      !post.viewer.is_author && {
        label: words('menu.download'),
        icon: Download,
        onPress: () => void downloadPhotographs(post),
      },
    (post.tagged || post.viewer.is_author) && {
      label: post.viewer.is_author ? words('menu.tag') : words('menu.people'),
      icon: UserRound,
      onPress: () => setAsking('people'),
    },
    (post.viewer.is_author ? post.status === 'published' : post.collaborators) && {
      label: making('manage'),
      icon: Users,
      onPress: () => setAsking('authors'),
    },
    ...((post.why && !isRanked) || isAmongReels ? exploreActions(post, user, setAsking) : []),
    isRanked && { label: exploring('explore.why'), icon: CircleHelp, onPress: () => setAsking('rank') },
    ...(post.viewer.is_author ? ownActions(post, setAsking) : []),
    ...(me && !post.viewer.is_author
      ? [...feedActions(user, favourites), ...othersActions(post.post_id, user, setAsking)]
      : []),
  ]
  return (
    <>
      <ActionMenu open={open} onClose={onClose} label={t('post.menu')} actions={actions} />
      {post.viewer.is_author && (
        <>
          <LinkDialog post={post} open={asking === 'link'} onClose={close} />
          <EditPostDialog post={post} open={asking === 'edit'} onClose={close} />
          <DeletePostDialog post={post} open={asking === 'delete'} onClose={close} onDeleted={onDeleted} />
        </>
      )}
      {isRanked && <RankDialog post={post} open={asking === 'rank'} onClose={close} />}
      {post.why && <WhyDialog why={post.why} open={asking === 'why'} onClose={close} />}
      <AuthorsDialog post={post} open={asking === 'authors'} onClose={close} />
      <PeopleDialog post={post} open={asking === 'people'} onClose={close} />
      {me && <BlockDialog user={user} open={asking === 'block'} onClose={close} />}
    </>
  )
}

function ownActions(post: PostEntity, ask: (what: Asking) => void): MenuAction[] {
  const [first] = post.media
  return [
    { label: words('menu.edit'), icon: Pencil, onPress: () => ask('edit') },
    {
      label: post.comments_enabled ? words('menu.commentsOff') : words('menu.commentsOn'),
      icon: post.comments_enabled ? MessageCircleOff : MessageCircle,
      onPress: () => void switchComments(post),
    },
    {
      label: post.likes_hidden ? words('menu.likesShow') : words('menu.likesHide'),
      icon: post.likes_hidden ? Heart : HeartOff,
      onPress: () => void switchLikes(post),
    },
    ...(first
      ? [{ label: words('menu.original'), icon: Download, onPress: () => void downloadOriginals(post) }]
      : []),
    ...shelfActions(post, ask),
    { label: words('menu.delete'), icon: Trash2, tone: 'danger', onPress: () => ask('delete') },
  ]
}

/** Of one that is published, or that was put away. */
function shelfActions(post: PostEntity, ask: (what: Asking) => void): MenuAction[] {
  if (post.status === 'archived')
    return [{ label: words('menu.restore'), icon: ArchiveRestore, onPress: () => void restorePost(post) }]
  if (post.status !== 'published') return []
  return [
    { label: linking('make'), icon: Link2, onPress: () => ask('link') },
    {
      label: post.pinned ? words('menu.unpin') : words('menu.pin'),
      icon: post.pinned ? PinOff : Pin,
      onPress: () => void switchPin(post),
    },
    { label: words('menu.archive'), icon: Archive, onPress: () => void archivePost(post) },
  ]
}

function feedActions(user: UserEntity, favourites: readonly UserId[] | undefined): MenuAction[] {
  const { user_id, username: name, viewer } = user
  const isFavourite = favourites?.includes(user_id) ?? false
  return [
    {
      label: isFavourite ? feed('favourite.remove', { name }) : feed('favourite.add', { name }),
      icon: isFavourite ? StarOff : Star,
      onPress: () => void setFavourite(user_id, !isFavourite),
    },
    ...(viewer?.muting
      ? []
      : [{ label: feed('snooze.do', { name }), icon: Clock, onPress: () => void snooze(user_id) }]),
  ]
}

const inReels = (path: string): boolean => path === '/reels'

/** Of a post that explore or the feed of reels has shown. */
function exploreActions(post: PostEntity, user: UserEntity, ask: (what: Asking) => void): MenuAction[] {
  const { user_id, username } = user
  return [
    ...(post.why ? [{ label: exploring('explore.why'), icon: CircleHelp, onPress: () => ask('why') }] : []),
    {
      label: exploring('explore.refuse'),
      icon: ThumbsDown,
      onPress: () => void refusePost(post.post_id),
    },
    {
      label: exploring('explore.hide', { name: username }),
      icon: EyeOff,
      onPress: () => void hideAuthor(user_id, username),
    },
  ]
}

function othersActions(postId: PostId, user: UserEntity, ask: (what: Asking) => void): MenuAction[] {
  const name = user.username
  const { following = false, muting = false } = user.viewer ?? {}
  const follow = (want: boolean) => () => void setFollowing(user.user_id, want)
  return [
    ...(following ? [] : [{ label: words('menu.follow', { name }), icon: UserPlus, onPress: follow(true) }]),
    {
      label: muting ? words('menu.unmute', { name }) : words('menu.mute', { name }),
      icon: muting ? Volume2 : VolumeX,
      onPress: () => void setMuting(user.user_id, !muting),
    },
    ...(following
      ? [
          {
            label: words('menu.unfollow', { name }),
            icon: UserMinus,
            tone: 'danger' as const,
            onPress: follow(false),
          },
        ]
      : []),
    {
      label: reporting('report.do'),
      icon: Flag,
      tone: 'danger',
      onPress: () => openReport({ kind: 'post', id: postId, user }),
    },
    { label: words('menu.block', { name }), icon: Ban, tone: 'danger', onPress: () => ask('block') },
  ]
}

async function downloadPhotographs({ post_id }: PostEntity): Promise<void> {
  try {
    for (const { url, filename } of await api.downloads.ofPost({ params: { post_id } })) {
      // Addresses of pictures say names of their own, which would stand above this one.
      const href = URL.createObjectURL(await (await fetch(url)).blob())
      Object.assign(document.createElement('a'), { href, download: filename }).click()
      URL.revokeObjectURL(href)
    }
  } catch (error) {
    reportError(error)
  }
}

async function downloadOriginals(post: PostEntity): Promise<void> {
  try {
    for (const { media_id } of post.media) {
      const { url } = await api.media.original({ params: { media_id } })
      const link = Object.assign(document.createElement('a'), { href: url, download: '' })
      link.click()
    }
  } catch (error) {
    reportError(error)
  }
}
