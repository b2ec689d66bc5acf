import { useEffect, useMemo, useRef } from 'react'
import { useMember } from '../../data/member.ts'
import { useStoriesOnTheirWay } from '../../data/stories-on-their-way.ts'
import { closeStoryComposer, useStoryComposerRequest } from '../../shell/story-composer-slot.ts'
import { StoryDialog } from './dialog/StoryDialog.tsx'
import { StoryChip } from './publishing/StoryChip.tsx'
import { createStoryComposer } from './services.ts'
import { StoryContext } from './story-context.ts'

/** The story composer's place in the page: the dialog while somebody composes, the chip while a story is on its way. */
export default function StoryComposerHost() {
  const { user_id } = useMember()
  const { session, publisher } = useMemo(() => createStoryComposer(user_id), [user_id])
  const request = useStoryComposerRequest()
  const taken = useRef(0)

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

  useLeaveWarning(useStoriesOnTheirWay().some(({ stage }) => stage !== 'processing'))

  return (
    <StoryContext value={session}>
      {request && <StoryDialog onClose={closeStoryComposer} />}
      <StoryChip />
    </StoryContext>
  )
}

/** Leaving now would interrupt it. */
function useLeaveWarning(unsafe: boolean): void {
  useEffect(() => {
    if (!unsafe) return
    const handleLeave = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', handleLeave)
    return () => removeEventListener('beforeunload', handleLeave)
  }, [unsafe])
}
