import { useQuery } from '@tanstack/react-query'
import type { UserId } from '@tintype/contract'
import { useUser } from '../../data/entities/entities.ts'
import { errorText } from '../../data/report-error.ts'
import { Button } from '../../ui/Button.tsx'
import { FormError } from '../../ui/FormError.tsx'
import styles from '../account/Sections.module.css'
import { PeopleSkeleton } from '../people/PeopleRows.tsx'
import { Person } from '../people/Person.tsx'
import { t } from './messages.ts'
import { repostSettings, setRepostsHidden } from './reposts.ts'

/** Whose reposts one does not come across. */
export function HiddenReposts() {
  const { data, error, isPending } = useQuery(repostSettings)
  return (
    <section className={styles.card} aria-label={t('repost.hidden')}>
      <h2 className={styles.subtitle}>{t('repost.hidden')}</h2>
      <p className={styles.note}>{t('repost.hiddenText')}</p>
      {error && <FormError text={errorText(error)} />}
      {isPending && <PeopleSkeleton rows={2} />}
      {data?.muted.length === 0 && <p className={styles.note}>{t('repost.hiddenNone')}</p>}
      {data?.muted.map((id) => (
        <Person key={id} userId={id} action={<Show id={id} />} />
      ))}
    </section>
  )
}

function Show({ id }: { id: UserId }) {
  const name = useUser(id)?.username ?? ''
  return (
    <Button
      label={t('repost.unmute')}
      describe={t('repost.unmuteOf', { name })}
      size="small"
      onPress={() => void setRepostsHidden(name, false)}
    />
  )
}
