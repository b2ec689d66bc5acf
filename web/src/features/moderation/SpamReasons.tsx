import type { WholeCase } from '@tintype/contract'
import styles from './Moderation.module.css'
import { t } from './messages.ts'

const counted = [
  'links',
  'contacts',
  'repeated',
  'rate',
  'new_account',
  'mentions',
  'shouting',
  'heaps',
  'disguised',
  'terms',
] as const

/** What spoke for spam in a text, and what against it. */
export function SpamReasons({ spam }: { spam: NonNullable<WholeCase['spam']> }) {
  return (
    <section className={styles.list}>
      <h2 className={styles.subtitle}>{t('spam.title')}</h2>
      <div className={styles.card}>
        <p className={styles.title}>{t('spam.score', { score: spam.score })}</p>
        <ul className={styles.note}>
          {spam.reasons.map(({ what, weight }) => (
            <li key={what}>
              {nameOf(what)} {weight > 0 ? '+' : '−'}
              {Math.abs(weight).toFixed(1)}
            </li>
          ))}
        </ul>
        <p className={styles.note}>{t('spam.version', { count: spam.version })}</p>
      </div>
    </section>
  )
}

function nameOf(what: string): string {
  const name = counted.find((one) => one === what)
  return name ? t(`spam.${name}`) : t('spam.term', { term: what.replace(/^term:/, '') })
}
