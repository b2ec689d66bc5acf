import { useId } from 'react'
import type { CropShape } from '../../../editor/crop/crop.ts'
import { t } from '../messages.ts'
import styles from './ShapeChoice.module.css'

const names = {
  original: t('crop.original'),
  '1:1': t('crop.square'),
  '4:5': t('crop.portrait'),
  '16:9': t('crop.wide'),
} satisfies Record<CropShape, string>

interface ShapeChoiceProps {
  shapes: readonly CropShape[]
  value: CropShape
  onChange: (shape: CropShape) => void
}

/** The shapes as their own outlines: native radios, so that arrows work by themselves. */
export function ShapeChoice({ shapes, value, onChange }: ShapeChoiceProps) {
  const name = useId()
  return (
    <fieldset className={styles.shapes}>
      <legend className={styles.legend}>{t('crop.shape')}</legend>
      {shapes.map((shape) => (
        <label key={shape} className={styles.shape}>
          <input type="radio" name={name} checked={shape === value} onChange={() => onChange(shape)} />
          <span className={styles.outlineBox}>
            <span className={styles.outline} data-shape={shape} />
          </span>
          <span>{names[shape]}</span>
        </label>
      ))}
    </fieldset>
  )
}
