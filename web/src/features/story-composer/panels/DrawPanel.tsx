import { Undo2 } from 'lucide-react'
import { Button } from '../../../ui/Button.tsx'
import { Segmented } from '../../../ui/Segmented.tsx'
import { t } from '../messages.ts'
import { type Pen, type PenWidth, penWidths } from '../stage/pen.ts'
import { useDraft, useStory } from '../story-context.ts'
import styles from './DrawPanel.module.css'
import { PanelBody } from './PanelFrame.tsx'
import { InkChoice } from './TextPanel.tsx'

const widths = Object.keys(penWidths) as PenWidth[]

export function DrawPanel({ pen, onChange }: { pen: Pen; onChange: (pen: Pen) => void }) {
  const session = useStory()
  const { scene } = useDraft()
  const width = widths.find((name) => penWidths[name] === pen.width) ?? 'medium'
  return (
    <PanelBody>
      <Segmented
        label={t('draw.tool')}
        value={pen.erases ? 'eraser' : 'brush'}
        options={[
          { value: 'brush', label: t('draw.brush') },
          { value: 'eraser', label: t('draw.eraser') },
        ]}
        onChange={(tool) => onChange({ ...pen, erases: tool === 'eraser' })}
      />
      <Segmented
        label={t('draw.width')}
        value={width}
        options={widths.map((value) => ({ value, label: t(`draw.${value}`) }))}
        onChange={(name) => onChange({ ...pen, width: penWidths[name] })}
      />
      {!pen.erases && <InkChoice value={pen.color} onChange={(color) => onChange({ ...pen, color })} />}
      <div className={styles.ways}>
        <Button
          label={t('undo')}
          icon={Undo2}
          size="small"
          disabled={scene.past.length === 0}
          onPress={session.undo}
        />
        <Button
          label={t('draw.clear')}
          size="small"
          tone="quiet"
          disabled={scene.present.strokes.length === 0}
          onPress={() => session.change((now) => ({ ...now, strokes: [] }))}
        />
      </div>
    </PanelBody>
  )
}
