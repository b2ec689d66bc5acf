import { Redo2, Undo2, X } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { classes } from '../../../ui/classes.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { t } from '../messages.ts'
import { OpenPanel } from '../panels/OpenPanel.tsx'
import type { Panel } from '../panels/panels.ts'
import { inks } from '../scene/paints.ts'
import { isEmpty, type Thing } from '../scene/scene.ts'
import { type Pen, penWidths } from '../stage/pen.ts'
import { StoryFrame } from '../stage/StoryFrame.tsx'
import { useDraft, useStory } from '../story-context.ts'
import { RefusedPicture } from './RefusedPicture.tsx'
import styles from './Studio.module.css'
import { ThingTools } from './ThingTools.tsx'
import { Tools } from './Tools.tsx'

interface StudioProps {
  panel: Panel | null
  onPanel: (panel: Panel | null) => void
  onLeave: () => void
  onShared: () => void
}

const firstPen: Pen = { color: inks.white, width: penWidths.medium, erases: false }

/** The frame, its tools, and the panel of one of them beside it. */
export function Studio({ panel, onPanel, onLeave, onShared }: StudioProps) {
  const session = useStory()
  const { scene, selected } = useDraft()
  const [pen, setPen] = useState(firstPen)
  const [placing, setPlacing] = useState(false)
  const thing = scene.present.things.find(({ id }) => id === selected)
  const handleEdit = (edited: Thing) => onPanel(panelOf(edited))
  return (
    <div
      className={classes(styles.studio, panel && styles.withPanel, panel?.name === 'draw' && styles.drawing)}
    >
      <header className={styles.head}>
        <IconButton icon={X} label={t('close')} onPress={onLeave} />
        <div className={styles.history}>
          <IconButton
            icon={Undo2}
            label={t('undo')}
            disabled={scene.past.length === 0}
            onPress={session.undo}
          />
          <IconButton
            icon={Redo2}
            label={t('redo')}
            disabled={scene.future.length === 0}
            onPress={session.redo}
          />
        </div>
        <Button
          label={t('next')}
          tone="primary"
          size="small"
          disabled={isEmpty(scene.present)}
          onPress={() => onPanel({ name: 'share' })}
        />
      </header>
      <RefusedPicture />
      <div className={styles.stage}>
        <StoryFrame
          pen={panel?.name === 'draw' ? pen : null}
          placing={placing && thing !== undefined}
          onPlaced={() => setPlacing(false)}
          onEdit={handleEdit}
        />
      </div>
      {panel && (
        <div className={styles.panel}>
          <OpenPanel panel={panel} pen={pen} onPen={setPen} onPanel={onPanel} onShared={onShared} />
        </div>
      )}
      <div className={styles.tools}>
        {thing && !panel ? (
          <ThingTools
            thing={thing}
            placing={placing}
            onPlacing={setPlacing}
            onEdit={panelOf(thing) ? () => handleEdit(thing) : undefined}
          />
        ) : (
          <Tools panel={panel} onPanel={onPanel} />
        )}
      </div>
    </div>
  )
}

/** What an emoji is cannot be edited. */
function panelOf(thing: Thing): Panel | null {
  if (thing.kind === 'text') return { name: 'text', id: thing.id }
  if (thing.kind === 'sticker') return { name: 'sticker', kind: thing.sticker.kind, id: thing.id }
  return null
}
