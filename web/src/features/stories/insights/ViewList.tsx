import { useInfiniteQuery } from '@tanstack/react-query'
import type { StoryId } from '@tintype/contract'
import { useMemo, useState } from 'react'
import { useMore } from '../../../data/paged-list.ts'
import { errorText } from '../../../data/report-error.ts'
import { PeopleSkeleton } from '../../../things/people/PeopleRows.tsx'
import { Person } from '../../../things/people/Person.tsx'
import { t } from '../../../things/story/messages.ts'
import { FormError } from '../../../ui/FormError.tsx'
import { InfiniteList } from '../../../ui/InfiniteList.tsx'
import { RelativeTime } from '../../../ui/RelativeTime.tsx'
import styles from './Insights.module.css'
import { viewsOf } from './insight-lists.ts'

interface ViewListProps {
  storyId: StoryId
  /** A name was followed to a profile. */
  onOpen: () => void
}

export function ViewList({ storyId, onOpen }: ViewListProps) {
  const list = viewsOf(storyId)
  const query = useInfiniteQuery(list)
  const more = useMore(query, list.queryKey)
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  const views = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls by keyboard, whether its rows take focus or not
    <section ref={setScroller} className={styles.box} tabIndex={0} aria-label={t('insights.views')}>
      {query.error && <FormError text={errorText(query.error)} />}
      {query.isPending && <PeopleSkeleton rows={4} />}
      {query.isSuccess && views.length === 0 && <p className={styles.empty}>{t('insights.noViews')}</p>}
      <InfiniteList
        label={t('insights.views')}
        items={views}
        keyOf={(view) => view.user_id}
        estimate={() => 60}
        scroller={scroller}
        {...more}
        placeholder={<PeopleSkeleton rows={2} />}
        render={({ user_id, reaction, viewed_at }) => (
          <Person
            userId={user_id}
            onOpen={onOpen}
            note={<RelativeTime at={viewed_at} />}
            action={<span className={styles.reaction}>{reaction}</span>}
          />
        )}
      />
    </section>
  )
}
