import { EyeOff } from 'lucide-react'
import { createT } from '../../kit/i18n.ts'
import { Thumbhash } from '../../ui/Thumbhash.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import styles from './Tile.module.css'

const t = createT({ sensitive: 'Sensitive' })

/** In the place of a picture that is looked at where its post stands: nothing of it is fetched. */
export function Covered({ hash }: { hash: string | null }) {
  return (
    <span className={styles.covered}>
      {hash && <Thumbhash hash={hash} />}
      <EyeOff aria-hidden size={24} strokeWidth={1.7} />
      <VisuallyHidden>{t('sensitive')}</VisuallyHidden>
    </span>
  )
}
