import type { LinkPreview } from '@tintype/contract'
import styles from './SharedCard.module.css'

/** What an address of another site leads to, in the words it had when the message was sent; nobody else is asked for it. */
export function ForeignLink({ link: { url, title, text, site, picture } }: { link: LinkPreview }) {
  return (
    <a href={url} className={styles.link} target="_blank" rel="noopener noreferrer nofollow">
      {picture ? <img className={styles.thumb} src={picture} alt="" width={72} height={72} /> : <span />}
      <span className={styles.names} dir="auto">
        <span className={styles.name}>{title}</span>
        {text && <span className={styles.note}>{text}</span>}
        <span className={styles.note}>{site}</span>
      </span>
    </a>
  )
}
