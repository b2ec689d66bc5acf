import { Link } from '@tanstack/react-router'
import type { StoryId } from '@tintype/contract'
import { useMemo, useState } from 'react'
import { entities, useStory } from '../../data/entities/entities.ts'
import { usePaged } from '../../data/paged-list.ts'
import { t as shared } from '../../kit/messages.ts'
import { openStoryComposer } from '../../shell/composer-slot.ts'
import { LoadError } from '../../shell/LoadError.tsx'
import { ScreenHead } from '../../shell/ScreenHead.tsx'
import wide from '../../shell/Wide.module.css'
import { GridSkeleton } from '../../things/grid/GridSkeleton.tsx'
import { t } from '../../things/story/messages.ts'
import { StoryThumb } from '../../things/story/StoryThumb.tsx'
import { archiveList } from '../../things/story/story-lists.ts'
import { Button } from '../../ui/Button.tsx'
import { DryingLine } from '../../ui/drawings/DryingLine.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { InfiniteList } from '../../ui/InfiniteList.tsx'
import { longDate } from '../../ui/relative-time.ts'
import { Tabs } from '../../ui/Tabs.tsx'
import styles from './ArchiveScreen.module.css'

/** One's own stories by day, those of the last 24 hours and those whose time is over. */
export default function ArchiveScreen() {
  const [tab, setTab] = useState<'all' | 'day'>('all')
  return (
    <div className={wide.screen}>
      <ScreenHead title={t('archive.title')} back />
      <Tabs
        label={t('archive.tabs')}
        value={tab}
        onChange={setTab}
        tabs={[
          { value: 'all', label: t('archive.all') },
          { value: 'day', label: t('archive.day') },
        ]}
      >
        <Archive key={tab} onThisDay={tab === 'day'} />
      </Tabs>
    </div>
  )
}

interface Day {
  date: string
  ids: StoryId[]
}

/** In the reader's own days. */
function byDay(ids: readonly StoryId[]): Day[] {
  const days: Day[] = []
  for (const id of ids) {
    const date = longDate(entities.get('stories', id)?.created_at ?? '')
    const last = days.at(-1)
    if (last?.date === date) last.ids.push(id)
    else days.push({ date, ids: [id] })
  }
  return days
}

function Archive({ onThisDay }: { onThisDay: boolean }) {
  const { query, ids, more } = usePaged('stories', archiveList(onThisDay))
  const days = useMemo(() => byDay(ids), [ids])
  if (query.isPending) return <GridSkeleton />
  if (query.isError && !query.data) return <LoadError error={query.error} onRetry={query.refetch} />
  if (ids.length === 0) return onThisDay ? <NothingThisDay /> : <NothingKept />
  return (
    <InfiniteList
      label={t('archive.title')}
      items={days}
      keyOf={(day) => day.date}
      estimate={(day) => 60 + Math.ceil(day.ids.length / 3) * 320}
      {...more}
      render={(day) => (
        <section aria-label={day.date}>
          <h2 className={styles.date}>{day.date}</h2>
          <ul className={styles.grid}>
            {day.ids.map((id) => (
              <Tile key={id} id={id} />
            ))}
          </ul>
        </section>
      )}
    />
  )
}

function NothingKept() {
  return (
    <EmptyState
      drawing={<DryingLine />}
      title={t('archive.empty')}
      text={t('archive.emptyText')}
      action={<Button label={shared('tray.add')} tone="primary" onPress={() => openStoryComposer()} />}
    />
  )
}

const NothingThisDay = () => (
  <EmptyState drawing={<DryingLine />} title={t('archive.emptyDay')} text={t('archive.emptyDayText')} />
)

const PLACE = { phone: '33vw', wide: '300px' }

function Tile({ id }: { id: StoryId }) {
  const story = useStory(id)
  if (!story) return null
  return (
    <li>
      <Link
        to="/archive/$storyId"
        params={{ storyId: id }}
        className={styles.tile}
        aria-label={story.media?.alt_text || t('archive.story', { date: longDate(story.created_at) })}
        resetScroll={false}
      >
        <StoryThumb storyId={id} place={PLACE} />
      </Link>
    </li>
  )
}
