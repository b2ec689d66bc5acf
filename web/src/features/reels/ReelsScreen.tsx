import { Navigate, useParams, useSearch } from '@tanstack/react-router'
import type { PostId } from '@tintype/contract'
import { useMemo } from 'react'
import { useMe } from '../../data/member.ts'
import { usePaged } from '../../data/paged-list.ts'
import type { PostList } from '../../data/posts.ts'
import { openComposer } from '../../shell/composer-slot.ts'
import { LoadError } from '../../shell/LoadError.tsx'
import { usePageTitle } from '../../shell/page-title.ts'
import { t } from '../../things/reels/messages.ts'
import { reelsFeed, reelsOf, reelsWith } from '../../things/reels/reel-lists.ts'
import { Button } from '../../ui/Button.tsx'
import { FilmEnd } from '../../ui/drawings/FilmEnd.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import styles from './ReelsScreen.module.css'
import { Stage } from './Stage.tsx'

/** Reels one after the other, each as large as the screen lets it be. */
export default function ReelsScreen() {
  const { postId } = useParams({ strict: false })
  const { by, sound } = useSearch({ strict: false })
  const list = useMemo(() => {
    if (by) return reelsOf(by)
    return sound ? reelsWith(sound as PostId) : reelsFeed
  }, [by, sound])
  const title = by ? t('reels.of', { name: by }) : t(sound ? 'reels.with' : 'reels.title')
  usePageTitle(title)
  return (
    <div className={styles.screen} data-plate>
      <h1 className={styles.title}>{title}</h1>
      <Reels key={list.queryKey.join('/')} list={list} start={postId as PostId | undefined} title={title} />
    </div>
  )
}

interface ReelsProps {
  list: PostList
  /** Where one begins: at the first unless given. */
  start: PostId | undefined
  title: string
}

function Reels({ list, start, title }: ReelsProps) {
  const { query, ids, more } = usePaged('posts', list)
  if (query.isPending)
    return (
      <div className={styles.note}>
        <Spinner label={t('reels.title')} />
      </div>
    )
  if (query.isError && !query.data)
    return (
      <div className={styles.note}>
        <LoadError error={query.error} onRetry={query.refetch} />
      </div>
    )
  if (ids.length === 0) return <Nothing />
  const from = start === undefined ? 0 : ids.indexOf(start)
  // Come by its address, where the list is another by now: the post alone.
  if (from < 0 && start !== undefined) return <Navigate to="/p/$postId" params={{ postId: start }} replace />
  return <Stage ids={ids} start={from} label={title} {...more} />
}

function Nothing() {
  const me = useMe()
  return (
    <div className={styles.note}>
      <EmptyState
        drawing={<FilmEnd />}
        title={t('reels.empty')}
        text={t('reels.emptyText')}
        action={me && <Button label={t('reels.make')} tone="primary" onPress={() => openComposer()} />}
      />
    </div>
  )
}
