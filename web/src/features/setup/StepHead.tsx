import { useEffect, useRef } from 'react'
import auth from '../../things/account/AuthPage.module.css'
import { t } from '../../things/account/messages.ts'
import styles from './StepHead.module.css'

interface StepHeadProps {
  n: number
  of: number
  title: string
  text: string
}

/** Which step it is; takes focus, so that a screen reader hears the new step. */
export function StepHead({ n, of, title, text }: StepHeadProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <>
      <div className={styles.steps}>
        <span className={styles.label}>{t('setup.step', { n, of })}</span>
        <span className={styles.bar} aria-hidden="true">
          <span style={{ inlineSize: `${(n / of) * 100}%` }} />
        </span>
      </div>
      <h1 ref={heading} tabIndex={-1} className={auth.title}>
        {title}
      </h1>
      <p className={auth.text}>{text}</p>
    </>
  )
}
