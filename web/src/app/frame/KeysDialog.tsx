import { ArrowLeft, ArrowRight } from 'lucide-react'
import { t } from '../../kit/messages.ts'
import Dialog from '../../ui/DialogPanel.tsx'
import styles from './KeysDialog.module.css'

const left = <ArrowLeft key="left" size={16} aria-label={t('keys.left')} />
const right = <ArrowRight key="right" size={16} aria-label={t('keys.right')} />

const keys = [
  [['J'], 'keys.next'],
  [['K'], 'keys.previous'],
  [['L'], 'keys.like'],
  [['C'], 'keys.comment'],
  [['S'], 'keys.save'],
  [[left, right], 'keys.carousel'],
  [['F'], 'keys.whole'],
  [['N'], 'keys.create'],
  [['/'], 'keys.search'],
  [['Esc'], 'keys.close'],
  [['?'], 'keys.help'],
] as const

export default function KeysDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title={t('keys.title')} size="small">
      <dl className={styles.list}>
        {keys.map(([caps, label]) => (
          <div key={label} className={styles.row}>
            <dt>
              {caps.map((cap) => (
                <kbd key={typeof cap === 'string' ? cap : cap.key} className={styles.key}>
                  {cap}
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
