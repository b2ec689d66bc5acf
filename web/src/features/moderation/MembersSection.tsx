import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { LoadError } from '../../shell/LoadError.tsx'
import { t as words } from '../../things/reporting/messages.ts'
import { SearchField } from '../../ui/SearchField.tsx'
import { Select } from '../../ui/Select.tsx'
import styles from './Moderation.module.css'
import { t } from './messages.ts'
import { MemberLink } from './parts.tsx'
import { membersQuery } from './queries.ts'

const groups = (['anybody', 'staff', 'silenced', 'suspended'] as const).map((value) => ({
  value,
  label: t(`members.${value}`),
}))

/** Members by name, with their roles and what they are under. */
export function MembersSection() {
  const [q, setQ] = useState('')
  const [only, setOnly] = useState<(typeof groups)[number]['value']>('staff')
  const query = useQuery({ ...membersQuery(q.trim(), only), placeholderData: (before) => before })
  return (
    <div className={styles.stack}>
      <SearchField label={t('members.find')} value={q} onChange={setQ} />
      <Select label={t('members.only')} value={only} options={groups} onChange={setOnly} />
      {query.isError && <LoadError error={query.error} onRetry={query.refetch} />}
      {query.data?.length === 0 && <p className={styles.note}>{t('members.none')}</p>}
      <ul className={styles.list}>
        {query.data?.map(({ user, role, silenced, suspended }) => (
          <li key={user.user_id} className={styles.card}>
            <p className={styles.title}>
              <MemberLink user={user} />
            </p>
            <p className={styles.note}>
              {t(`role.${role}`)}
              {silenced && ` · ${words('act.silence')}`}
              {suspended && ` · ${words('act.suspend')}`}
            </p>
          </li>
        ))}
      </ul>
    </div>
  )
}
