import { useInstance } from '../../data/member.ts'
import { t } from '../../kit/messages.ts'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import styles from './LeftRail.module.css'
import { navItems } from './nav-items.ts'
import { RailLink } from './RailLink.tsx'

/** What somebody who is not logged in is offered. */
export function VisitorRail() {
  const instance = useInstance()
  return (
    <>
      <RailLink item={navItems.explore} />
      <RailLink item={navItems.reels} />
      <span className={styles.space} />
      <div className={styles.visitor}>
        {instance && <p>{t('visitor.join', { name: instance.name })}</p>}
        {instance?.registration !== 'closed' && (
          <ButtonLink to="/signup" label={t('login.toSignUp')} tone="primary" wide />
        )}
        <ButtonLink to="/login" label={t('login.action')} wide />
      </div>
    </>
  )
}
