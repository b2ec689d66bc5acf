import { useCanGoBack, useRouter } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { t } from '../kit/messages.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { usePageTitle } from './page-title.ts'
import styles from './ScreenHead.module.css'

interface ScreenHeadProps {
  title: string
  /** Drawn instead of the title: a wordmark. */
  brand?: ReactNode
  /** At the end of the bar on a phone. */
  end?: ReactNode
  /** A screen that is reached from another: a back arrow on a phone. */
  back?: boolean
  /** The screen shows its name itself; above 767 px only screen readers are told. */
  phoneOnly?: boolean
}

/** The screen's one `h1`: the bar on top of a phone, a heading elsewhere; names the tab, too. */
export function ScreenHead({ title, brand, end, back, phoneOnly }: ScreenHeadProps) {
  usePageTitle(title)
  const router = useRouter()
  const canGoBack = useCanGoBack()
  const handleBack = () => (canGoBack ? router.history.back() : void router.navigate({ to: '/' }))
  return (
    <header className={phoneOnly ? `${styles.head} ${styles.phoneOnly}` : styles.head}>
      {back && (
        <span className={styles.back}>
          <IconButton icon={ChevronLeft} label={t('nav.back')} onPress={handleBack} />
        </span>
      )}
      <h1 className={brand && typeof brand !== 'string' ? styles.brand : styles.title}>{brand ?? title}</h1>
      <div className={styles.end}>{end}</div>
    </header>
  )
}
