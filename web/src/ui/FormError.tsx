import { CircleAlert } from 'lucide-react'
import styles from './FormError.module.css'

/** What went wrong with a form as a whole; announced at once. */
export function FormError({ text }: { text: string }) {
  return (
    <p role="alert" className={styles.error}>
      <CircleAlert aria-hidden size={18} />
      {text}
    </p>
  )
}
