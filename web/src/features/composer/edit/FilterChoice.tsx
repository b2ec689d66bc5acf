import { type FilterId, filterIds } from '@tintype/contract'
import { filters } from '@tintype/contract/filter-definitions'
import { useEffect, useId, useRef } from 'react'
import { Slider } from '../../../ui/Slider.tsx'
import type { Selected } from '../composer-context.ts'
import type { Look } from '../draft/look.ts'
import { t } from '../messages.ts'
import { PictureThumb } from '../preview/PictureThumb.tsx'
import styles from './FilterChoice.module.css'

interface FilterChoiceProps {
  selected: Selected
  onChange: (look: Look, stroke?: string) => void
  onRest: () => void
}

/** Every filter on this very picture, and how strongly. */
export function FilterChoice({ selected, onChange, onRest }: FilterChoiceProps) {
  const { shot, preview } = selected
  const { look } = shot
  const name = useId()
  const list = useRef<HTMLFieldSetElement>(null)
  useEffect(() => {
    list.current
      ?.querySelector(`[data-filter="${look.filter}"]`)
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [look.filter])
  const choose = (filter: FilterId) =>
    onChange({ ...look, filter, strength: filter === look.filter ? look.strength : 1 })
  return (
    <>
      <fieldset ref={list} className={styles.filters} aria-label={t('edit.filter')}>
        {filterIds.map((filter) => (
          <label key={filter} className={styles.filter} data-filter={filter}>
            <input
              type="radio"
              name={name}
              checked={filter === look.filter}
              onChange={() => choose(filter)}
            />
            <span className={styles.thumb}>
              <PictureThumb shot={shot} preview={preview} look={{ ...look, filter, strength: 1 }} />
            </span>
            <span className={styles.name}>{filters[filter].name}</span>
          </label>
        ))}
      </fieldset>
      {look.filter !== 'original' && (
        <div className={styles.strength}>
          <Slider
            label={t('edit.strength')}
            value={look.strength}
            min={0}
            max={1}
            step={0.01}
            text={`${Math.round(look.strength * 100)}`}
            onChange={(strength) => onChange({ ...look, strength }, 'strength')}
            onRest={onRest}
          />
        </div>
      )}
    </>
  )
}
