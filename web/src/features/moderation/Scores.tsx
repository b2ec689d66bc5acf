import type { PictureScore, WholeCase } from '@tintype/contract'
import { clockText } from '../../ui/clock-text.ts'
import styles from './Moderation.module.css'
import { t } from './messages.ts'

/** What a program takes the pictures of a case for, and how sure it is. */
export function Scores({ scores }: Pick<WholeCase, 'scores'>) {
  return (
    <section className={styles.list}>
      <h2 className={styles.subtitle}>{t('scores.title')}</h2>
      <p className={styles.note}>{t('scores.note')}</p>
      {scores.map((score) => (
        <div key={score.media_id} className={styles.card}>
          <p className={styles.title}>{t('scores.score', { score: score.score })}</p>
          <p className={styles.note}>
            {sharesOf(score)}
            {score.at_ms !== null && ` · ${t('scores.at', { when: clockText(score.at_ms / 1000) })}`}
          </p>
          <p className={styles.note}>{score.model}</p>
        </div>
      ))}
    </section>
  )
}

const sharesOf = ({ shares }: PictureScore): string =>
  (['porn', 'hentai', 'sexy', 'drawing', 'neutral'] as const)
    .toSorted((a, b) => shares[b] - shares[a])
    .map((name) => `${t(`scores.${name}`)} ${Math.round(shares[name] * 100)} %`)
    .join(' · ')
