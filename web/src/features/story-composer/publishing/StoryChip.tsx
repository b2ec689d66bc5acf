import { type StoryOnItsWay, useStoriesOnTheirWay } from '../../../data/stories-on-their-way.ts'
import styles from '../../../things/composing/Chip.module.css'
import { t } from '../messages.ts'

/** Stories on their way, over every page. */
export function StoryChip() {
  const all = useStoriesOnTheirWay()
  if (all.length === 0) return null
  return (
    <section className={styles.chips} aria-label={t('chip.label')}>
      {all.map((story) => (
        <article key={story.id} className={styles.chip} aria-label={t('chip.one')}>
          <div className={styles.head}>
            <div className={styles.words}>
              <p className={styles.title} role="status">
                {titleOf(story)}
              </p>
              <progress
                className={styles.bar}
                value={percentOf(story)}
                max={100}
                aria-label={t('chip.progress')}
              />
            </div>
            <span className={styles.percent}>{t('percent', { n: percentOf(story) })}</span>
          </div>
        </article>
      ))}
    </section>
  )
}

function titleOf({ stage, pause }: StoryOnItsWay): string {
  if (pause) return t(`chip.${pause}`)
  return t(`chip.${stage}`)
}

/** The bytes are most of the way. */
const percentOf = ({ stage, progress }: StoryOnItsWay): number =>
  stage === 'processing' ? 96 : Math.round(progress * 92)
