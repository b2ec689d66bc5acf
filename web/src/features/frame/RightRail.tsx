import { useInstance, useMember } from '../../api/member.ts'
import { t } from '../../messages.ts'
import { UserRow } from '../../ui/UserRow.tsx'
import { Suggestions } from '../people/Suggestions.tsx'
import styles from './RightRail.module.css'

/** Beside the home feed where there is room: you, people you may know, the small print. */
export function RightRail() {
  const me = useMember()
  const instance = useInstance()
  return (
    <aside className={styles.rail} aria-label={t('suggest.aside')}>
      <UserRow user={me} size={56} />
      <Suggestions />
      {instance && (
        <p className={styles.print}>{t('print.by', { name: instance.name, version: instance.version })}</p>
      )}
    </aside>
  )
}
