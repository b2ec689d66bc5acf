import { Link } from '@tanstack/react-router'
import { Heart, Menu } from 'lucide-react'
import { useState } from 'react'
import { useInstance, useMember } from '../../data/member.ts'
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
import { RightRail } from './RightRail.tsx'

const MoreMenu = lazyWhenOpen(() => import('../../shell/MoreMenu.tsx'))

const sorts = [
  { value: 'ranked', label: t('home.ranked') },
  { value: 'chronological', label: t('home.chronological') },
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
  const count = me.unread_notifications
  return (
    <>
      <Link
        to="/notifications"
        className={styles.activity}
        aria-label={
          count > 0 ? `${t('nav.notifications')} ${t('nav.unread', { count })}` : t('nav.notifications')
        }
      >
        <Heart aria-hidden size={24} strokeWidth={1.9} />
        {count > 0 && <span className={styles.dot} />}
      </Link>
      <IconButton icon={Menu} label={t('nav.more')} onPress={() => setOpen(true)} />
      <MoreMenu open={open} onClose={() => setOpen(false)} />
    </>
  )
}
