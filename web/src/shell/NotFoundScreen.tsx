import { useEffect } from 'react'
import { useMe } from '../data/member.ts'
import { t } from '../kit/messages.ts'
import { ButtonLink } from '../ui/ButtonLink.tsx'
import { CrookedFrame } from '../ui/drawings/CrookedFrame.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { endFirstPaint } from '../ui/first-paint.ts'
import { useScreenElement } from './framed.ts'
import { usePageTitle } from './page-title.ts'
import styles from './Screen.module.css'

export function NotFoundScreen() {
  const Screen = useScreenElement()
  usePageTitle(t('notFound.title'))
  // It stands in for a screen.
  useEffect(endFirstPaint, [])
  return (
    <Screen className={styles.center}>
      <EmptyState
        main
        drawing={<CrookedFrame />}
        title={t('notFound.title')}
        text={t('notFound.text')}
        action={<WayOn />}
      />
    </Screen>
  )
}

/** From where nothing is: the front page for a member, what everybody may see for a visitor. */
export function WayOn() {
  const me = useMe()
  return me ? (
    <ButtonLink to="/" label={t('notFound.action')} tone="primary" />
  ) : (
    <ButtonLink to="/explore" label={t('notFound.look')} tone="primary" />
  )
}
