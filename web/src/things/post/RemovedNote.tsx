import { createT } from '../../kit/i18n.ts'
import styles from './PostStatusNote.module.css'

const t = createT({ 'post.removed': 'Removed by the moderators: only you see it.' })

/** Rare enough to come late. */
export default function RemovedNote() {
  return <p className={styles.failed}>{t('post.removed')}</p>
}
