import type { ReactNode } from 'react'
import { useInstance } from '../../data/member.ts'
import { Wordmark } from '../../ui/Wordmark.tsx'
import styles from './AuthPage.module.css'
import { t } from './messages.ts'
import { Plates } from './Plates.tsx'
import { Working } from './Working.tsx'

/** Two halves: the dark plate with the name, and the form; on a phone the plate is a band above it. */
export function AuthPage({ children }: { children: ReactNode }) {
  const instance = useInstance()
  return (
    <div className={styles.page}>
      <header className={styles.plate}>
        <Plates />
        <div className={styles.name}>
          <Wordmark large />
          {instance?.is_set_up && <p className={styles.place}>{instance.name}</p>}
          <p className={styles.tagline}>{instance?.description || t('welcome.tagline')}</p>
        </div>
      </header>
      <main id="main" tabIndex={-1} className={styles.side}>
        <div className={styles.column}>
          {children}
          <Working />
        </div>
        {instance?.is_set_up && (
          <p className={styles.print}>{t('print.by', { name: instance.name, version: instance.version })}</p>
        )}
      </main>
    </div>
  )
}
