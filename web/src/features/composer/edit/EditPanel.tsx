import { Copy, RotateCcw, WandSparkles } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { Segmented } from '../../../ui/Segmented.tsx'
import { toast } from '../../../ui/toast.ts'
import { useComposer, useDraft, useSelected } from '../composer-context.ts'
import { FilmPanel } from '../crop/FilmPanel.tsx'
import { isFilm } from '../draft/draft.ts'
import { isPlain, type Look, plainLook } from '../draft/look.ts'
import { t } from '../messages.ts'
import { autoLook } from '../preview/auto-look.ts'
import { AdjustSliders } from './AdjustSliders.tsx'
import styles from './EditPanel.module.css'
import { FilterChoice } from './FilterChoice.tsx'

const tabs = [
  { value: 'filters', label: t('edit.filters') },
  { value: 'adjust', label: t('edit.adjust') },
] as const

/** How the selected picture is developed. */
export function EditPanel() {
  const { session } = useComposer()
  const { shots } = useDraft()
  const selected = useSelected()
  const [tab, setTab] = useState<'filters' | 'adjust'>('filters')
  if (!selected) return null
  const { shot, source, preview, count } = selected
  const isMoving = source.kind === 'video'
  if (isMoving && !isFilm(source)) return <FilmPanel selected={selected} />
  const { look } = shot
  const change = (next: Look, stroke?: string) =>
    session.dispatch({ type: 'looked', id: shot.id, look: next, stroke })
  const handleRest = () => session.dispatch({ type: 'strokeEnded' })
  const isMixed = shots.present.some((other) => JSON.stringify(other.look) !== JSON.stringify(look))
  const handleAll = () => {
    session.dispatch({ type: 'lookedAll', look })
    toast(t('edit.allDone'))
  }
  return (
    <div className={styles.panel}>
      {!isMoving && (
        <div className={styles.tabs}>
          <Segmented label={t('edit.tabs')} value={tab} options={tabs} onChange={setTab} />
        </div>
      )}
      {isMoving || tab === 'filters' ? (
        <FilterChoice selected={selected} onChange={change} onRest={handleRest} />
      ) : (
        <>
          {preview?.state === 'seen' && (
            <Button
              label={t('edit.auto')}
              icon={WandSparkles}
              wide
              onPress={() => change(autoLook(shot, preview.decoded))}
            />
          )}
          <AdjustSliders look={look} onChange={change} onRest={handleRest} />
        </>
      )}
      <div className={styles.more}>
        {count > 1 && isMixed && <Button label={t('edit.all')} icon={Copy} wide onPress={handleAll} />}
        {!isMoving && tab === 'adjust' && !isPlain({ ...look, filter: 'original' }) && (
          <Button
            label={t('edit.reset')}
            icon={RotateCcw}
            tone="quiet"
            wide
            onPress={() => change({ ...look, adjust: plainLook.adjust })}
          />
        )}
      </div>
    </div>
  )
}
