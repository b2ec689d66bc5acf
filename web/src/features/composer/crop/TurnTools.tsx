import { RotateCwSquare, TrianglesCenterlineDashedVertical } from 'lucide-react'
import {
  type Framing,
  mirror,
  type Size,
  STRAIGHTEN_MOST,
  straightenTo,
  turnRight,
} from '../../../editor/crop/crop.ts'
import { Button } from '../../../ui/Button.tsx'
import { Slider, signed } from '../../../ui/Slider.tsx'
import { t } from '../messages.ts'
import styles from './CropPanel.module.css'

interface TurnToolsProps {
  framing: Framing
  size: Size
  /** A slant cannot be judged unseen. */
  canStraighten: boolean
  onChange: (framing: Framing, stroke?: string) => void
  onRest: () => void
}

export function TurnTools({ framing, size, canStraighten, onChange, onRest }: TurnToolsProps) {
  return (
    <>
      <div className={styles.turns}>
        <Button label={t('crop.turn')} icon={RotateCwSquare} onPress={() => onChange(turnRight(framing))} />
        <Button
          label={t('crop.flip')}
          icon={TrianglesCenterlineDashedVertical}
          onPress={() => onChange(mirror(framing))}
        />
      </div>
      {canStraighten && (
        <Slider
          label={t('crop.straighten')}
          value={framing.straighten}
          min={-STRAIGHTEN_MOST}
          max={STRAIGHTEN_MOST}
          step={0.1}
          origin={0}
          text={t('crop.degrees', { degrees: signed(framing.straighten, 1) })}
          onChange={(degrees) => onChange(straightenTo(framing, size, degrees), 'straighten')}
          onRest={onRest}
        />
      )}
    </>
  )
}
