import { Link } from '@tanstack/react-router'
import type { Notification, PostId } from '@tintype/contract'
import {
  Archive,
  CalendarX,
  FolderHeart,
  FolderInput,
  Image,
  type LucideIcon,
  Megaphone,
  Radio,
  ShieldCheck,
} from 'lucide-react'
import { useUser } from '../../data/entities/entities.ts'
import { FollowButton } from '../../things/people/FollowButton.tsx'
import { RequestAnswer } from '../../things/people/RequestAnswer.tsx'
import { useOpen } from '../../things/post/use-open.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { Verified } from '../../ui/Verified.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { t } from './messages.ts'
import styles from './NotificationRow.module.css'
import { notificationText } from './notification-text.ts'

interface NotificationRowProps {
  item: Notification
  /** It was unread when the screen opened. */
  fresh: boolean
}

export function NotificationRow({ item, fresh }: NotificationRowProps) {
  const actor = useUser(item.actor.user_id) ?? item.actor
  const about = faceless[item.type]
  if (about) return <WithoutFace item={item} fresh={fresh} about={about} />
  return (
    <div className={styles.row} data-fresh={fresh || undefined}>
      <Link
        to="/$username"
        params={{ username: actor.username }}
        className={styles.avatar}
        tabIndex={-1}
        aria-hidden="true"
      >
        <Avatar user={actor} size={44} />
      </Link>
      <p className={styles.text}>
        {fresh && <VisuallyHidden>{t('notifications.unread')}</VisuallyHidden>}
        <Link to="/$username" params={{ username: actor.username }} className={styles.name}>
          {actor.username}
          <Verified user={actor} />
        </Link>{' '}
        <Others item={item} />
        {notificationText(item)}{' '}
        <span className={styles.time}>
          <RelativeTime at={item.created_at} />
        </span>
      </p>
      <Aside item={item} />
    </div>
  )
}

interface Faceless {
  icon: LucideIcon
  link: string
  where: { to: '/settings/$section'; params: { section: string } } | { to: '/notifications/announcements' }
}

/** What nobody did whom one could look at. */
const faceless: { readonly [T in Notification['type']]?: Faceless } = {
  moderation: {
    icon: ShieldCheck,
    link: t('notifications.moderationLink'),
    where: { to: '/settings/$section', params: { section: 'status' } },
  },
  archive: {
    icon: Archive,
    link: t('notifications.archiveLink'),
    where: { to: '/settings/$section', params: { section: 'data' } },
  },
  import: {
    icon: FolderInput,
    link: t('notifications.importLink'),
    where: { to: '/settings/$section', params: { section: 'data' } },
  },
  schedule_failed: {
    icon: CalendarX,
    link: t('notifications.scheduledLink'),
    where: { to: '/settings/$section', params: { section: 'scheduled' } },
  },
  announcement: {
    icon: Megaphone,
    link: t('notifications.announcementLink'),
    where: { to: '/notifications/announcements' },
  },
}

/** The link in it leads to all there is to say. */
function WithoutFace({ item, fresh, about }: NotificationRowProps & { about: Faceless }) {
  const { icon: Icon, link, where } = about
  return (
    <div className={styles.row} data-fresh={fresh || undefined}>
      <span className={styles.shield} aria-hidden="true">
        <Icon size={22} strokeWidth={1.8} />
      </span>
      <p className={styles.text}>
        {fresh && <VisuallyHidden>{t('notifications.unread')}</VisuallyHidden>}
        {notificationText(item)}{' '}
        <Link {...where} className={styles.name}>
          {link}
        </Link>{' '}
        <span className={styles.time}>
          <RelativeTime at={item.created_at} />
        </span>
      </p>
    </div>
  )
}

/** `and ben`, `and 12 others`: who did the same. */
function Others({ item: { others_count: count, more_actors } }: { item: Notification }) {
  const [only] = more_actors
  if (count === 0) return null
  if (count > 1 || !only) return `${t('notifications.and')} ${t('notifications.others', { count })} `
  return (
    <>
      {t('notifications.and')}{' '}
      <Link to="/$username" params={{ username: only.username }} className={styles.name}>
        {only.username}
      </Link>{' '}
    </>
  )
}

/** What one may do about it: answer, follow back, or look at the post. */
function Aside({ item }: { item: Notification }) {
  const actor = useUser(item.actor.user_id)
  if (item.type === 'follow_request' && actor?.viewer?.requested_by)
    return <RequestAnswer userId={actor.user_id} username={actor.username} />
  if (item.type.startsWith('follow'))
    return item.others_count === 0 && <FollowButton userId={item.actor.user_id} />
  return <Subject item={item} />
}

const openers: Record<string, { text: string; icon: LucideIcon }> = {
  post: { text: t('notifications.open.post'), icon: Image },
  comment: { text: t('notifications.open.post'), icon: Image },
  story: { text: t('notifications.open.story'), icon: Image },
  live: { text: t('notifications.open.live'), icon: Radio },
  collection: { text: t('notifications.open.collection'), icon: FolderHeart },
}

/** The thing itself, small: its picture, else what kind of thing it is. */
function Subject({ item: { subject, address, thumbnail } }: { item: Notification }) {
  const isOfPost = subject.kind === 'post' || subject.kind === 'comment'
  const handleClick = useOpen(address, isOfPost ? (subject.partition as PostId) : undefined)
  const opener = openers[subject.kind]
  if (!opener) return null
  return (
    <a href={address} className={styles.thumbnail} aria-label={opener.text} onClick={handleClick}>
      {thumbnail ? (
        <img src={thumbnail} alt="" width={44} height={44} loading="lazy" />
      ) : (
        <opener.icon aria-hidden size={20} strokeWidth={1.8} />
      )}
    </a>
  )
}
