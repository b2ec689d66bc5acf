import { useEffect, useRef } from 'react'
import { CropPanel } from '../crop/CropPanel.tsx'
import type { Step } from '../draft/draft.ts'
import { EditPanel } from '../edit/EditPanel.tsx'
import { t } from '../messages.ts'
import { SharePanel } from '../share/SharePanel.tsx'
import { Stage } from '../stage/Stage.tsx'
import { PictureStrip } from '../strip/PictureStrip.tsx'
import styles from './Workbench.module.css'

type WorkStep = Exclude<Step, 'pick'>

const panels = { crop: CropPanel, edit: EditPanel, share: SharePanel } satisfies Record<WorkStep, unknown>

/** The picture on its plate and, beside or below it, what the step offers. */
export function Workbench({ step }: { step: WorkStep }) {
  const panel = useRef<HTMLElement>(null)
  // Each step starts at its own beginning: nobody presses "Next" twice and has shared without looking.
  useEffect(() => {
    const target = panel.current
    if (!target) return
    target.scrollTop = 0
    const first =
      matchMedia('(pointer: fine)').matches && target.querySelector<HTMLElement>(`[data-composer-focus]`)
    ;(step === 'share' && first ? first : target).focus({ preventScroll: true })
  }, [step])
  const Panel = panels[step]
  return (
    <div className={styles.bench} data-step={step}>
      <Stage>
        <PictureStrip />
      </Stage>
      <section ref={panel} tabIndex={-1} className={styles.panel} aria-label={t(`step.${step}`)}>
        <Panel />
      </section>
    </div>
  )
}
