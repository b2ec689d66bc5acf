import { Link } from '@tanstack/react-router'
import { Hash } from 'lucide-react'
import { t } from '../../kit/messages.ts'
import styles from './TagRow.module.css'

/** Leads to the posts of a tag. */
export function TagRow({ tag }: { tag: string }) {
  return (
    <Link to="/tags/$tag" params={{ tag }} className={styles.row}>
      <span className={styles.sign}>
        <Hash aria-hidden size={20} />
      </span>
      <span className={styles.text}>
        <span className={styles.tag}>#{tag}</span>
        <span className={styles.kind}>{t('hashtag.kind')}</span>
      </span>
    </Link>
  )
}
