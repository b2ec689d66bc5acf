import type { UserId } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { useUser } from '../../data/entities/entities.ts'
import { usePaged } from '../../data/paged-list.ts'
import { queryClient } from '../../data/query-client.ts'
import { errorText } from '../../data/report-error.ts'
import styles from '../../things/account/Sections.module.css'
import { PeopleRows, PeopleSkeleton } from '../../things/people/PeopleRows.tsx'
import { Person } from '../../things/people/Person.tsx'
import { userList } from '../../things/people/people-lists.ts'
import { setMuting } from '../../things/people/ties.ts'
import { HiddenReposts } from '../../things/reposts/HiddenReposts.tsx'
import { storiesMutedList } from '../../things/story/people-of-stories.ts'
import { Button } from '../../ui/Button.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { t } from './messages.ts'
import { StoryListCard } from './StoryListCard.tsx'

/** Whose posts and whose stories one does not come across. */
export function MutedSection() {
  return (
    <div className={styles.form}>
      <MutedPosts />
      <HiddenReposts />
      <StoryListCard
        list="muted"
        people={storiesMutedList}
        label={t('muted.stories')}
        text={t('muted.storiesText')}
        empty={t('muted.storiesEmpty')}
      />
    </div>
  )
}

const muted = {
  ...userList(['muted'], (query, signal) => api.graph.muted({ query, signal })),
  staleTime: 0,
}

function MutedPosts() {
  const people = usePaged('users', muted)
  const { query, ids } = people
  return (
    <section className={styles.card} aria-label={t('muted.posts')}>
      <h2 className={styles.subtitle}>{t('muted.posts')}</h2>
      <p className={styles.note}>{t('muted.postsText')}</p>
      {query.error && <FormError text={errorText(query.error)} />}
      {query.isPending && <PeopleSkeleton rows={2} />}
      {query.isSuccess && ids.length === 0 && <p className={styles.note}>{t('muted.postsEmpty')}</p>}
      <PeopleRows
        label={t('muted.posts')}
        people={people}
        render={(id) => <Person userId={id} action={<Unmute id={id} />} />}
      />
    </section>
  )
}

function Unmute({ id }: { id: UserId }) {
  const name = useUser(id)?.username ?? ''
  const handlePress = async () => {
    await setMuting(id, false)
    await queryClient.invalidateQueries({ queryKey: muted.queryKey })
  }
  return (
    <Button
      label={t('muted.unmute')}
      describe={t('muted.unmuteOf', { name })}
      size="small"
      onPress={() => void handlePress()}
    />
  )
}
