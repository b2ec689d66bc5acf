import { Check } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { IconButton } from '../../../ui/IconButton.tsx'
import { t } from '../messages.ts'
import styles from './PanelFrame.module.css'

interface PanelFrameProps {
  title: string
  onClose: () => void
  children: ReactNode
}

/** Beside the frame, or over its foot on a phone. Focus goes in, and back to where it came from, or to what was made. */
export function PanelFrame({ title, onClose, children }: PanelFrameProps) {
  const id = useId()
  const panel = useRef<HTMLElement>(null)
  const [opener] = useState(() => document.activeElement)
  useEffect(() => {
    const element = panel.current
    if (element && !element.contains(document.activeElement))
      (element.querySelector<HTMLElement>('[data-first]') ?? element).focus({ preventScroll: true })
    return () => {
      const made = document.querySelector<HTMLElement>('[data-thing][data-selected]')
      const stage = document.querySelector<HTMLElement>('[data-story-composer]')
      const back = opener instanceof HTMLElement && opener.isConnected ? opener : (made ?? stage)
      // Whatever took the focus meanwhile keeps it.
      if (element?.contains(document.activeElement) || document.activeElement === document.body) back?.focus()
    }
  }, [opener])
  return (
    <section ref={panel} tabIndex={-1} className={styles.panel} aria-labelledby={id}>
      <header className={styles.head}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        <IconButton icon={Check} label={t('panel.done')} onPress={onClose} />
      </header>
      {children}
    </section>
  )
}

export function PanelBody({ children }: { children: ReactNode }) {
  return <div className={styles.body}>{children}</div>
}
