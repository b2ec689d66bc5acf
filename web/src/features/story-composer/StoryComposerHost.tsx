import { useMemo } from 'react'
import { useMember } from '../../data/member.ts'
import { useStoriesOnTheirWay } from '../../data/stories-on-their-way.ts'
import { closeStoryComposer, useStoryComposerRequest } from '../../shell/composer-slot.ts'
import { useComposing } from '../../things/composing/use-composing.ts'
import { useLeaveWarning } from '../../things/composing/use-leave-warning.ts'
import { StoryDialog } from './dialog/StoryDialog.tsx'
import { StoryChip } from './publishing/StoryChip.tsx'
import { createStoryComposer } from './services.ts'
import { StoryContext } from './story-context.ts'

/** The story composer's place in the page: the dialog while somebody composes, the chip while a story is on its way. */
export default function StoryComposerHost() {
  const { user_id } = useMember()
  const composer = useMemo(() => createStoryComposer(user_id), [user_id])
  const request = useStoryComposerRequest()
  useComposing(composer, request)
  useLeaveWarning(useStoriesOnTheirWay().some(({ stage }) => stage !== 'processing'))

  return (
    <StoryContext value={composer.session}>
      {request && <StoryDialog onClose={closeStoryComposer} />}
      <StoryChip />
    </StoryContext>
  )
}
