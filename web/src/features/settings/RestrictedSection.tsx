import type { UserId } from '@tintype/contract'
import { useUser } from '../../data/entities/entities.ts'
import { usePaged } from '../../data/paged-list.ts'
import { LoadError } from '../../shell/LoadError.tsx'
import styles from '../../things/account/Sections.module.css'
import { PeopleRows, PeopleSkeleton } from '../../things/people/PeopleRows.tsx'
import { Person } from '../../things/people/Person.tsx'
import { t } from '../../things/people/restrict-messages.ts'
import { restrictedList, setRestricting } from '../../things/people/restricting.ts'
import { Button } from '../../ui/Button.tsx'
import { DarkCloth } from '../../ui/drawings/DarkCloth.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'

/** Whom one keeps at a distance without their knowing. */
export function RestrictedSection() {
  const people = usePaged('users', restrictedList)
  const { query, ids } = people
  if (query.isPending) return <PeopleSkeleton rows={3} />
  if (query.isError && !query.data) return <LoadError error={query.error} onRetry={query.refetch} />
  if (ids.length === 0)
    return <EmptyState drawing={<DarkCloth />} title={t('restrict.empty')} text={t('restrict.emptyText')} />
  return (
    <div className={styles.form}>
      <p className={styles.note}>{t('restrict.text')}</p>
      <PeopleRows
        label={t('restrict.section')}
        people={people}
        render={(id) => <Person userId={id} action={<Unrestrict id={id} />} />}
      />
    </div>
  )
}

function Unrestrict({ id }: { id: UserId }) {
  const user = useUser(id)
  if (!user) return null
  return (
    <Button
      label={t('restrict.undo')}
      describe={t('restrict.undoOf', { name: user.username })}
      size="small"
      onPress={() => void setRestricting(user, false)}
    />
  )
}
