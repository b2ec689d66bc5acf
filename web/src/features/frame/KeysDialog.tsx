import { t } from '../../messages.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import styles from './KeysDialog.module.css'

const keys = [
  [['J'], 'keys.next'],
  [['K'], 'keys.previous'],
  [['L'], 'keys.like'],
  [['C'], 'keys.comment'],
  [['S'], 'keys.save'],
  [['←', '→'], 'keys.carousel'],
  [['N'], 'keys.create'],
  [['/'], 'keys.search'],
  [['Esc'], 'keys.close'],
  [['?'], 'keys.help'],
] as const

export default function KeysDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title={t('keys.title')} size="small">
      <dl className={styles.list}>
        {keys.map(([names, label]) => (
          <div key={label} className={styles.row}>
            <dt>
              {names.map((name) => (
                <kbd key={name} className={styles.key}>
                  {name}
                </kbd>
              ))}
            </dt>
            <dd>{t(label)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
