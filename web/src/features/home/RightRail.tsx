import { useInstance, useMember } from '../../data/member.ts'
import { t } from '../../kit/messages.ts'
import { Suggestions } from '../../things/people/Suggestions.tsx'
import { UserRow } from '../../ui/UserRow.tsx'
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
