import { X } from 'lucide-react'
import { useCell } from '../../../kit/cell.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { useComposer } from '../composer-context.ts'
import { t } from '../messages.ts'
import styles from './RefusedFiles.module.css'

/** Which files stayed out, and why, each by its name. */
export function RefusedFiles() {
  const { session } = useComposer()
  const refused = useCell(session.refused)
  return (
    <div role="alert">
      {refused.length > 0 && (
        <div className={styles.refused}>
          <div className={styles.words}>
            <p className={styles.title}>{t('refused.title', { count: refused.length })}</p>
            <ul className={styles.list}>
              {refused.map(({ name, reason }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two files may have the same name; the list never changes in place
                <li key={index}>
                  <span className={styles.name}>{name}</span> {reason}
                </li>
              ))}
            </ul>
          </div>
          <IconButton
            icon={X}
            size="small"
            label={t('refused.dismiss')}
            onPress={() => session.refused.set([])}
          />
        </div>
      )}
    </div>
  )
}
