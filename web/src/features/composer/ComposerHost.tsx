import { useMemo } from 'react'
import { useMember } from '../../data/member.ts'
import { closeComposer, useComposerRequest } from '../../shell/composer-slot.ts'
import { useComposing } from '../../things/composing/use-composing.ts'
import { UploadChip } from './chip/UploadChip.tsx'
import { ComposerContext } from './composer-context.ts'
import { ComposerDialog } from './dialog/ComposerDialog.tsx'
import { createComposer } from './services.ts'

/** The composer's place in the page: the dialog while somebody composes, the chip while something is on its way. */
export default function ComposerHost() {
  const { user_id } = useMember()
  const composer = useMemo(() => createComposer(user_id), [user_id])
  const request = useComposerRequest()
  useComposing(composer, request)
  return (
    <ComposerContext value={composer}>
      {request && <ComposerDialog onClose={closeComposer} />}
      <UploadChip />
    </ComposerContext>
  )
}
