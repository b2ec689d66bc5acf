import { type Adjustment, adjustmentRanges, adjustments } from '@tintype/contract/filter-adjust'
import { Slider, signed } from '../../../ui/Slider.tsx'
import type { Look } from '../draft/look.ts'
import { t } from '../messages.ts'
import styles from './EditPanel.module.css'

interface AdjustSlidersProps {
  look: Look
  onChange: (look: Look, stroke?: string) => void
  onRest: () => void
}

const names: Record<Adjustment, string> = {
  brightness: t('edit.brightness'),
  contrast: t('edit.contrast'),
  highlights: t('edit.highlights'),
  shadows: t('edit.shadows'),
  saturation: t('edit.saturation'),
  warmth: t('edit.warmth'),
  fade: t('edit.fade'),
  vignette: t('edit.vignette'),
  sharpen: t('edit.sharpen'),
  grain: t('edit.grain'),
}

/** Each from nothing to 100, and those that go both ways from −100. */
export function AdjustSliders({ look, onChange, onRest }: AdjustSlidersProps) {
  return (
    <div className={styles.panel}>
      {adjustments.map((name) => (
        <Slider
          key={name}
          label={names[name]}
          value={Math.round(look.adjust[name] * 100)}
          min={adjustmentRanges[name][0] * 100}
          max={adjustmentRanges[name][1] * 100}
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
