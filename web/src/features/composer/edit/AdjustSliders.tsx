import { type Adjustment, adjustments, type Look } from '../draft/look.ts'
import { t } from '../messages.ts'
import { Slider } from '../Slider.tsx'
import styles from './EditPanel.module.css'

interface AdjustSlidersProps {
  look: Look
  onChange: (look: Look, stroke?: string) => void
  onRest: () => void
}

const names: Record<Adjustment, string> = {
  brightness: t('edit.brightness'),
  contrast: t('edit.contrast'),
  saturation: t('edit.saturation'),
  warmth: t('edit.warmth'),
}

/** Brightness, contrast, saturation and warmth, each from −100 to 100 around nothing. */
export function AdjustSliders({ look, onChange, onRest }: AdjustSlidersProps) {
  return (
    <div className={styles.panel}>
      {adjustments.map((name) => (
        <Slider
          key={name}
          label={names[name]}
          value={Math.round(look.adjust[name] * 100)}
          min={-100}
          max={100}
          step={1}
          origin={0}
          text={signed(Math.round(look.adjust[name] * 100))}
          onChange={(value) => onChange({ ...look, adjust: { ...look.adjust, [name]: value / 100 } }, name)}
          onRest={onRest}
        />
      ))}
    </div>
  )
}

const signed = (value: number) => (value > 0 ? `+${value}` : `${value}`.replace('-', '−'))
