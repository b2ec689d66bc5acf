import { limits, type StoryId } from '@tintype/contract'
import { Check } from 'lucide-react'
import { useStory } from '../../../data/entities/entities.ts'
import { t as shared } from '../../../kit/messages.ts'
import { Button } from '../../../ui/Button.tsx'
import { longDate } from '../../../ui/relative-time.ts'
import { Spinner } from '../../../ui/Spinner.tsx'
import { t } from '../messages.ts'
import { StoryThumb } from '../StoryThumb.tsx'
import styles from './HighlightDialog.module.css'

interface StoryPickerProps {
  ids: readonly StoryId[]
  /** In the order in which they are shown. */
  chosen: readonly StoryId[]
  onChange: (chosen: readonly StoryId[]) => void
  loading: boolean
  onMore: (() => void) | undefined
}

const THUMB = { phone: '30vw', wide: '110px' }

/** Some of one's own stories. */
export function StoryPicker({ ids, chosen, onChange, loading, onMore }: StoryPickerProps) {
  const toggle = (id: StoryId) =>
    onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>
        {t('highlight.pick')}
        <span className={styles.count} role="status">
          {t('highlight.chosen', { count: chosen.length })}
        </span>
      </legend>
      {loading && <Spinner label={shared('state.loading')} />}
      {!loading && ids.length === 0 && <p className={styles.note}>{t('highlight.none')}</p>}
      <ul className={styles.grid}>
        {ids.map((id) => (
          <Choice
            key={id}
            id={id}
            isChosen={chosen.includes(id)}
            isFull={chosen.length >= limits.highlightStories}
            onPress={() => toggle(id)}
          />
        ))}
      </ul>
      {onMore && <Button label={t('highlight.more')} onPress={onMore} />}
    </fieldset>
  )
}

interface ChoiceProps {
  id: StoryId
  isChosen: boolean
  isFull: boolean
  onPress: () => void
}

function Choice({ id, isChosen, isFull, onPress }: ChoiceProps) {
  const story = useStory(id)
  if (!story) return null
  return (
    <li>
      <button
        type="button"
        className={styles.choice}
        aria-pressed={isChosen}
        aria-label={story.media?.alt_text || t('highlight.storyOf', { date: longDate(story.created_at) })}
        disabled={isFull && !isChosen}
        onClick={onPress}
      >
        <StoryThumb storyId={id} place={THUMB} />
        <span className={styles.check} aria-hidden>
          {isChosen && <Check size={16} strokeWidth={3} />}
        </span>
      </button>
    </li>
  )
}
