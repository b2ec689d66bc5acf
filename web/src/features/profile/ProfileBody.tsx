import { useNavigate } from '@tanstack/react-router'
import {
  Archive as ArchiveIcon,
  Clapperboard,
  Grid3x3,
  Repeat2,
  Bookmark as SavedIcon,
  SquareUserRound,
} from 'lucide-react'
import { lazy, Suspense, useMemo, useState } from 'react'
import type { UserEntity } from '../../data/entities/types.ts'
import { useMe } from '../../data/member.ts'
import { archivedFeed, savedFeed, userFeed } from '../../data/posts.ts'
import { FirstPhotograph } from '../../shell/FirstPhotograph.tsx'
import { GridSkeleton } from '../../things/grid/GridSkeleton.tsx'
import { PostGridQuery } from '../../things/grid/PostGridQuery.tsx'
import { taggedFeed } from '../../things/tags/tags-query.ts'
import { Button } from '../../ui/Button.tsx'
import { Bookmark } from '../../ui/drawings/Bookmark.tsx'
import { DarkCloth } from '../../ui/drawings/DarkCloth.tsx'
import { ViewCamera } from '../../ui/drawings/ViewCamera.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { t } from './messages.ts'
import styles from './ProfileBody.module.css'

const ProfileReposts = lazy(() => import('./ProfileReposts.tsx'))
const ProfileReels = lazy(() => import('./ProfileReels.tsx'))

/** What the viewer may see of the pictures, or why they may not. */
export function ProfileBody({ user }: { user: UserEntity }) {
  const me = useMe()
  const name = user.username
  if (user.viewer?.blocking)
    return <Closed title={t('profile.blocked', { name })} text={t('profile.blockedText')} />
  if (!user.can_view_content)
    return (
      <Closed
        title={t('profile.private')}
        text={me ? t('profile.privateText', { name }) : t('profile.privateVisitor', { name })}
      />
    )
  return <BodyTabs user={user} />
}

function Closed({ title, text }: { title: string; text: string }) {
  return (
    <div className={styles.posts}>
      <EmptyState drawing={<DarkCloth />} title={title} text={text} />
    </div>
  )
}

type Tab = 'posts' | 'reels' | 'reposts' | 'tagged' | 'saved' | 'archive'

function BodyTabs({ user }: { user: UserEntity }) {
  const [tab, setTab] = useState<Tab>('posts')
  const own = [
    { value: 'saved' as const, label: t('profile.tabSaved'), icon: SavedIcon },
    { value: 'archive' as const, label: t('profile.tabArchive'), icon: ArchiveIcon },
  ]
  return (
    <Tabs
      label={t('profile.tabs')}
      value={tab}
      onChange={setTab}
      tabs={[
        { value: 'posts', label: t('profile.tabPosts'), icon: Grid3x3 },
        { value: 'reels', label: t('profile.tabReels'), icon: Clapperboard },
        { value: 'reposts', label: t('profile.tabReposts'), icon: Repeat2 },
        { value: 'tagged', label: t('profile.tabTagged'), icon: SquareUserRound },
        ...(user.is_self ? own : []),
      ]}
    >
      {tab === 'posts' && <Posts user={user} />}
      {tab === 'reels' && (
        <Suspense fallback={<GridSkeleton tiles={6} ratio={9 / 16} />}>
          <ProfileReels user={user} />
        </Suspense>
      )}
      {tab === 'reposts' && (
        <Suspense fallback={<GridSkeleton tiles={6} />}>
          <ProfileReposts user={user} />
        </Suspense>
      )}
      {tab === 'tagged' && <Tagged user={user} />}
      {tab === 'saved' && <Saved />}
      {tab === 'archive' && <Archive />}
    </Tabs>
  )
}

function Tagged({ user }: { user: UserEntity }) {
  const name = user.username
  const list = useMemo(() => taggedFeed(name), [name])
  return (
    <PostGridQuery
      label={t('profile.tagged', { name })}
      list={list}
      empty={
        <EmptyState
          drawing={<ViewCamera />}
          title={t('profile.taggedEmpty')}
          text={t('profile.taggedEmptyText', { name })}
        />
      }
    />
  )
}

function Saved() {
  const navigate = useNavigate()
  return (
    <PostGridQuery
      label={t('saved.title')}
      list={savedFeed}
      empty={
        <EmptyState
          drawing={<Bookmark />}
          title={t('saved.empty')}
          text={t('saved.emptyText')}
          action={<Button label={t('nav.explore')} onPress={() => void navigate({ to: '/explore' })} />}
        />
      }
    />
  )
}

function Archive() {
  return (
    <PostGridQuery
      label={t('profile.archive')}
      list={archivedFeed}
      empty={
        <EmptyState
          drawing={<DarkCloth />}
          title={t('profile.archiveEmpty')}
          text={t('profile.archiveEmptyText')}
        />
      }
    />
  )
}

function Posts({ user }: { user: UserEntity }) {
  const list = useMemo(() => userFeed(user.username), [user.username])
  return (
    <PostGridQuery
      label={t('profile.grid', { name: user.username })}
      list={list}
      pins
      empty={
        user.is_self ? (
          <FirstPhotograph text={t('profile.emptySelfText')} />
        ) : (
          <NothingYet name={user.username} />
        )
      }
    />
  )
}

function NothingYet({ name }: { name: string }) {
  return (
    <EmptyState drawing={<ViewCamera />} title={t('profile.empty')} text={t('profile.emptyText', { name })} />
  )
}
