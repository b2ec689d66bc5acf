import styles from './Wordmark.module.css'

/** The name as drawn; inherits the text colour. `size` is its height in px. */
export function Wordmark({ large = false }: { large?: boolean }) {
  return <span role="img" aria-label="Tintype" className={large ? styles.large : styles.mark} />
}
