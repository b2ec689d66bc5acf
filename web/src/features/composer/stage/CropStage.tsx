import { CropFrame } from '../../../editor/crop/CropFrame.tsx'
import { ratioOf } from '../../../editor/crop/crop.ts'
import type { Decoded } from '../../../things/composing/decode.ts'
import { type Selected, useComposer } from '../composer-context.ts'
import { framingOf } from '../draft/draft.ts'
import { t } from '../messages.ts'
import { DevelopedCanvas } from '../preview/DevelopedCanvas.tsx'
import { exposureOf } from './exposure-of.ts'

/** The selected picture under its frame. */
export function CropStage({ selected, decoded }: { selected: Selected; decoded: Decoded }) {
  const { session } = useComposer()
  const { shot, index } = selected
  const framing = framingOf(shot, decoded.size)
  return (
    <CropFrame
      label={t('stage.crop', { n: index + 1 })}
      hint={t('stage.cropKeys')}
      framing={framing}
      size={decoded.size}
      onFrame={(next, stroke) => session.dispatch({ type: 'framed', id: shot.id, framing: next, stroke })}
      onRest={() => session.dispatch({ type: 'strokeEnded' })}
    >
      <DevelopedCanvas exposure={exposureOf(shot, decoded)} ratio={ratioOf(framing, decoded.size)} />
    </CropFrame>
  )
}
