import type { StoryId } from '@tintype/contract'
import { useId } from 'react'
import { useStory } from '../../../data/entities/entities.ts'
import { longDate } from '../../../ui/relative-time.ts'
import { t } from '../messages.ts'
import { StoryThumb } from '../StoryThumb.tsx'
import styles from './HighlightDialog.module.css'

interface CoverChoiceProps {
  ids: readonly StoryId[]
  value: StoryId | undefined
  onChange: (id: StoryId) => void
}

const THUMB = { phone: '64px', wide: '64px' }

/** The picture that stands for the highlight. */
export function CoverChoice({ ids, value, onChange }: CoverChoiceProps) {
  const name = useId()
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{t('highlight.cover')}</legend>
      <div className={styles.covers}>
        {ids.map((id) => (
          <Cover key={id} id={id} name={name} checked={id === value} onChange={onChange} />
        ))}
      </div>
    </fieldset>
  )
}

interface CoverProps {
  id: StoryId
  name: string
  checked: boolean
  onChange: (id: StoryId) => void
}

function Cover({ id, name, checked, onChange }: CoverProps) {
  const story = useStory(id)
  if (!story) return null
  return (
    <label className={styles.cover}>
      <input
        type="radio"
        name={name}
        checked={checked}
        aria-label={story.media?.alt_text || t('highlight.storyOf', { date: longDate(story.created_at) })}
        onChange={() => onChange(id)}
      />
      <StoryThumb storyId={id} place={THUMB} />
    </label>
  )
}
