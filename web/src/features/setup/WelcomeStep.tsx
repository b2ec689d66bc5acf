import { useEffect, useRef } from 'react'
import auth from '../../things/account/AuthPage.module.css'
import { t } from '../../things/account/messages.ts'
import { Button } from '../../ui/Button.tsx'
import { ViewCamera } from '../../ui/drawings/ViewCamera.tsx'
import styles from './WelcomeStep.module.css'

interface WelcomeStepProps {
  name: string
  onLeave: (compose: boolean) => void
}

export function WelcomeStep({ name, onLeave }: WelcomeStepProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <div className={styles.welcome}>
      <div className={styles.drawing}>
        <ViewCamera />
      </div>
      <h1 ref={heading} tabIndex={-1} className={auth.title}>
        {t('setup.welcome.title', { name })}
      </h1>
      <p className={styles.text}>{t('setup.welcome.text')}</p>
      <Button
        label={t('setup.welcome.action')}
        tone="primary"
        size="large"
        wide
        onPress={() => onLeave(true)}
      />
      <Button label={t('setup.welcome.later')} tone="quiet" wide onPress={() => onLeave(false)} />
    </div>
  )
}
