import { Link } from '@tanstack/react-router'
import { Heart, type LucideIcon, Menu, Send } from 'lucide-react'
import { useState } from 'react'
import { useUnreadMessages } from '../../data/direct/unread.ts'
import { unreadNotices, useInstance, useMember } from '../../data/member.ts'
import { storeSort, useSort } from '../../data/posts.ts'
import { t } from '../../kit/messages.ts'
import { ScreenHead } from '../../shell/ScreenHead.tsx'
import { useIsWide } from '../../shell/viewport.ts'
import { StoryTray } from '../../things/story/StoryTray.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { lazyWhenOpen } from '../../ui/lazy-when-open.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { Wordmark } from '../../ui/Wordmark.tsx'
import { HomeFeed } from './HomeFeed.tsx'
import styles from './HomeScreen.module.css'
import { t as words } from './messages.ts'
import { RightRail } from './RightRail.tsx'

const MoreMenu = lazyWhenOpen(() => import('../../shell/MoreMenu.tsx'))

const sorts = [
  { value: 'ranked', label: t('home.ranked') },
  { value: 'chronological', label: t('home.chronological') },
  { value: 'favourites', label: words('home.favourites') },
] as const

export default function HomeScreen() {
  const wide = useIsWide()
  const sort = useSort()
  return (
    <>
      <ScreenHead title={t('home.title')} brand={<Brand />} end={<PhoneActions />} phoneOnly />
      <div className={styles.home}>
        <div className={styles.column}>
          <StoryTray />
          <div className={styles.sorts}>
            <Segmented label={t('home.sort')} value={sort} options={sorts} onChange={storeSort} />
          </div>
          <HomeFeed key={sort} sort={sort} />
        </div>
        {wide && <RightRail />}
      </div>
    </>
  )
}

/** On a phone: the wordmark, and whose place it is. */
function Brand() {
  const place = useInstance()?.name
  return (
    <span className={styles.brand}>
      <Wordmark />
      <span className={styles.place}>{place}</span>
    </span>
  )
}

/** What the left rail has elsewhere. */
function PhoneActions() {
  const me = useMember()
  const [open, setOpen] = useState(false)
  return (
    <>
      <BarLink to="/notifications" icon={Heart} label={t('nav.notifications')} count={unreadNotices(me)} />
      <BarLink to="/direct/inbox" icon={Send} label={t('nav.messages')} count={useUnreadMessages()} />
      <IconButton icon={Menu} label={t('nav.more')} onPress={() => setOpen(true)} />
      <MoreMenu open={open} onClose={() => setOpen(false)} />
    </>
  )
}

interface BarLinkProps {
  to: '/notifications' | '/direct/inbox'
  icon: LucideIcon
  label: string
  /** Of what is new there. */
  count: number
}

function BarLink({ to, icon: Icon, label, count }: BarLinkProps) {
  return (
    <Link
      to={to}
      className={styles.activity}
      aria-label={count > 0 ? `${label} ${t('nav.unread', { count })}` : label}
    >
      <Icon aria-hidden size={24} strokeWidth={1.9} />
      {count > 0 && <span className={styles.dot} />}
    </Link>
  )
}
