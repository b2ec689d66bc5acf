import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useMember } from '../../data/member.ts'
import { useMore } from '../../data/paged-list.ts'
import { LoadError } from '../../shell/LoadError.tsx'
import narrow from '../../shell/Narrow.module.css'
import { ScreenHead } from '../../shell/ScreenHead.tsx'
import { PeopleSkeleton } from '../../things/people/PeopleRows.tsx'
import { Bell } from '../../ui/drawings/Bell.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { InfiniteList } from '../../ui/InfiniteList.tsx'
import { AnnounceForm } from './AnnounceForm.tsx'
import { AnnouncementItem } from './AnnouncementItem.tsx'
import { announcementList } from './announcement-list.ts'
import { t } from './messages.ts'

/** What the community tells its members; its owner writes here. */
export default function AnnouncementsScreen() {
  const isOwner = useMember().role === 'owner'
  return (
    <div className={narrow.screen}>
      <ScreenHead title={t('title')} back />
      <div className={narrow.body}>
        {isOwner && <AnnounceForm />}
        <List isOwner={isOwner} />
      </div>
    </div>
  )
}

function List({ isOwner }: { isOwner: boolean }) {
  const query = useInfiniteQuery(announcementList)
  const more = useMore(query, announcementList.queryKey)
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  if (query.isPending) return <PeopleSkeleton rows={3} />
  if (query.isError && !query.data) return <LoadError error={query.error} onRetry={query.refetch} />
  if (items.length === 0) return <EmptyState drawing={<Bell />} title={t('empty')} text={t('emptyText')} />
  return (
    <InfiniteList
      label={t('title')}
      items={items}
      keyOf={(item) => item.announcement_id}
      estimate={() => 100}
      {...more}
      placeholder={<PeopleSkeleton rows={2} />}
      render={(item) => <AnnouncementItem item={item} canDelete={isOwner} />}
    />
  )
}
