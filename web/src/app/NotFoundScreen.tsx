import { t } from '../messages.ts'
import { ButtonLink } from '../ui/ButtonLink.tsx'
import { CrookedFrame } from '../ui/drawings/CrookedFrame.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { useScreenElement } from './framed.ts'
import { usePageTitle } from './page-title.ts'
import styles from './Screen.module.css'

export function NotFoundScreen() {
  const Screen = useScreenElement()
  usePageTitle(t('notFound.title'))
  return (
    <Screen className={styles.center}>
      <EmptyState
        main
        drawing={<CrookedFrame />}
        title={t('notFound.title')}
        text={t('notFound.text')}
        action={<ButtonLink to="/" label={t('notFound.action')} tone="primary" />}
      />
    </Screen>
  )
}
