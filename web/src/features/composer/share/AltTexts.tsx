import { limits } from '@tintype/contract'
import { useId } from 'react'
import { useComposer, useDraft, usePreviews } from '../composer-context.ts'
import { t } from '../messages.ts'
import { PictureThumb } from '../preview/PictureThumb.tsx'
import styles from './AltTexts.module.css'

/** A description for each picture, with a word about why. */
export function AltTexts() {
  const { session } = useComposer()
  const { shots, altTexts } = useDraft()
  const previews = usePreviews()
  const titleId = useId()
  const pictures = shots.present
  const described = pictures.every(({ id }) => altTexts[id]?.trim())
  return (
    <section className={styles.alts} aria-labelledby={titleId}>
      <h3 id={titleId} className={styles.title}>
        {t('alt.title')}
      </h3>
      <p className={styles.nudge}>{described ? t('alt.done') : t('alt.nudge', { count: pictures.length })}</p>
      {pictures.map((shot, index) => (
        <div key={shot.id} className={styles.row}>
          <span className={styles.thumb}>
            <PictureThumb shot={shot} preview={previews.get(shot.id)} />
          </span>
          <textarea
            className={styles.text}
            rows={1}
            aria-label={t('alt.label', { n: index + 1 })}
            placeholder={t('alt.placeholder')}
            maxLength={limits.altText}
            value={altTexts[shot.id] ?? ''}
            onFocus={() => session.dispatch({ type: 'selected', id: shot.id })}
            onChange={(event) =>
              session.dispatch({ type: 'described', id: shot.id, altText: event.target.value })
            }
          />
        </div>
      ))}
    </section>
  )
}
