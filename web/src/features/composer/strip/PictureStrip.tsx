import { Plus } from 'lucide-react'
import { useId } from 'react'
import { useFilePicker } from '../../../things/composing/use-file-picker.tsx'
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx'
import { useComposer, useDraft, usePreviews, useSelected } from '../composer-context.ts'
import { roomIn } from '../draft/draft.ts'
import { t } from '../messages.ts'
import styles from './PictureStrip.module.css'
import { StripItem } from './StripItem.tsx'
import { StripTools } from './StripTools.tsx'
import { useStrip } from './use-strip.ts'

/** The pictures in order: choose one, move it by drag, by buttons or by keys, take it out, add more. */
export function PictureStrip() {
  const { session } = useComposer()
  const draft = useDraft()
  const previews = usePreviews()
  const selected = useSelected()
  const { list, shots, said, move, remove, handleKey, drag } = useStrip()
  const { open, input } = useFilePicker(session.addFiles, { films: true })
  const keysId = useId()
  const labelOf = (id: string, index: number) =>
    t('strip.picture', { n: index + 1, of: shots.length, name: draft.sources.get(id)?.name ?? '' })

  return (
    <div className={styles.strip}>
      <ol ref={list} className={styles.list} aria-label={t('strip.label')} aria-describedby={keysId}>
        {shots.map((shot, index) => (
          <StripItem
            key={shot.id}
            shot={shot}
            preview={previews.get(shot.id)}
            label={labelOf(shot.id, index)}
            selected={shot.id === draft.selected}
            shift={drag.shiftOf(index)}
            dragged={drag.from === index}
            onPointerDown={(event) => drag.start(event, index)}
            onSelect={() => session.dispatch({ type: 'selected', id: shot.id })}
            onKeyDown={(event) => handleKey(event, index)}
          />
        ))}
        {roomIn(draft) > 0 && (
          <li className={styles.add}>
            <button type="button" aria-label={t('strip.add')} title={t('strip.add')} onClick={open}>
              <Plus aria-hidden size={22} />
            </button>
          </li>
        )}
      </ol>
      {selected && <StripTools index={selected.index} count={shots.length} onMove={move} onRemove={remove} />}
      {input}
      <VisuallyHidden>
        <span id={keysId}>{t('strip.keys')}</span>
      </VisuallyHidden>
      <VisuallyHidden live>{said}</VisuallyHidden>
    </div>
  )
}
