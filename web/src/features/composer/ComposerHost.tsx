import { useEffect, useMemo, useRef } from 'react'
import { useMember } from '../../data/member.ts'
import { closeComposer, useComposerRequest } from '../../shell/composer-slot.ts'
import { UploadChip } from './chip/UploadChip.tsx'
import { ComposerContext } from './composer-context.ts'
import { ComposerDialog } from './dialog/ComposerDialog.tsx'
import { createComposer } from './services.ts'

/** The composer's place in the page: the dialog while somebody composes, the chip while something is on its way. */
export default function ComposerHost() {
  const { user_id } = useMember()
  const composer = useMemo(() => createComposer(user_id), [user_id])
  const request = useComposerRequest()
  const taken = useRef(0)
  const { session, publisher } = composer

  useEffect(() => {
    void session.resumeShared()
    return () => {
      publisher.stop()
      session.stop()
    }
  }, [session, publisher])

  useEffect(() => {
    if (!request || taken.current === request.id) return
    taken.current = request.id
    void session.lookForEarlier()
    if (request.files.length > 0) void session.addFiles(request.files)
  }, [request, session])

  return (
    <ComposerContext value={composer}>
      {request && <ComposerDialog onClose={closeComposer} />}
      <UploadChip />
    </ComposerContext>
  )
}
