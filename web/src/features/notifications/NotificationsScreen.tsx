import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { api } from '../../data/client.ts'
import { patchMe, useMember } from '../../data/member.ts'
import { useMore } from '../../data/paged-list.ts'
import { closeNotices } from '../../data/push.ts'
import { LoadError } from '../../shell/LoadError.tsx'
import narrow from '../../shell/Narrow.module.css'
import { ScreenHead } from '../../shell/ScreenHead.tsx'
import { UnprovenAddress } from '../../things/account/UnprovenAddress.tsx'
import { PeopleSkeleton } from '../../things/people/PeopleRows.tsx'
import { Bell } from '../../ui/drawings/Bell.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { InfiniteList } from '../../ui/InfiniteList.tsx'
import { t } from './messages.ts'
import { NotificationRow } from './NotificationRow.tsx'
import styles from './NotificationsScreen.module.css'
import { notificationList } from './notification-list.ts'
import { type Row, sectionsOf } from './sections.ts'

const keyOf = (row: Row) => (row.kind === 'heading' ? row.text : row.item.group_id)
const estimate = (row: Row) => (row.kind === 'heading' ? 52 : 64)

export default function NotificationsScreen() {
  const me = useMember()
  return (
    <div className={narrow.screen}>
      <ScreenHead title={t('notifications.title')} back />
      <div className={narrow.body}>
        {me.follow_requests > 0 && (
          <Link to="/requests" className={styles.requests}>
            <span>{t('notifications.requests', { count: me.follow_requests })}</span>
            <ChevronRight aria-hidden size={20} />
          </Link>
        )}
        {!me.email_verified && me.email && <UnprovenAddress email={me.email} />}
        <List />
      </div>
    </div>
  )
}

function List() {
  const query = useInfiniteQuery(notificationList)
  const more = useMore(query, notificationList.queryKey)
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  const fresh = useFresh(items)
  const [now] = useState(() => Date.now())
  const rows = useMemo(() => sectionsOf(items, now, fresh), [items, now, fresh])
  if (query.isPending) return <PeopleSkeleton />
  if (query.isError && !query.data) return <LoadError error={query.error} onRetry={query.refetch} />
  if (rows.length === 0)
    return (
      <EmptyState drawing={<Bell />} title={t('notifications.empty')} text={t('notifications.emptyText')} />
    )
  return (
    <InfiniteList
      label={t('notifications.title')}
      items={rows}
      keyOf={keyOf}
      estimate={estimate}
      {...more}
      placeholder={<PeopleSkeleton rows={2} />}
      render={(row) =>
        row.kind === 'heading' ? (
          <h2 className={styles.heading}>{row.text}</h2>
        ) : (
          <NotificationRow item={row.item} fresh={fresh.has(row.item.group_id)} />
        )
      }
    />
  )
}

/** Remembers what was unread on arrival (it stays marked while one looks), and tells the server that it was seen. */
function useFresh(items: readonly { group_id: string; read: boolean }[]): ReadonlySet<string> {
  const seen = useRef(new Set<string>())
  const fresh = useMemo(() => {
    const unread = items.filter((item) => !item.read).map((item) => item.group_id)
    if (unread.every((id) => seen.current.has(id))) return seen.current
    seen.current = new Set([...seen.current, ...unread])
    return seen.current
  }, [items])
  useEffect(() => {
    if (fresh.size === 0) return
    void api.notifications.markRead({ body: {} }).then(
      ({ unread_count }) => {
        patchMe({ unread_notifications: unread_count })
        void closeNotices()
      },
      // The badge stays; the next visit tries again.
      () => undefined,
    )
  }, [fresh])
  return fresh
}
