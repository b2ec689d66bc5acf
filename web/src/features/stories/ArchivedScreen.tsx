import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type StoryId, TintypeError } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { entities, useLiveIds } from '../../data/entities/entities.ts'
import { ingestStories } from '../../data/entities/ingest.ts'
import { useMember } from '../../data/member.ts'
import { errorText } from '../../data/report-error.ts'
import { ScreenHead } from '../../shell/ScreenHead.tsx'
import { t } from '../../things/story/messages.ts'
import { StoryGone, StoryWaiting } from './viewer/StoryGone.tsx'
import { StoryDialog, StoryViewer } from './viewer/StoryViewer.tsx'
import { useClose } from './viewer/use-close.ts'

/** One story of the archive on the full screen. */
export default function ArchivedScreen() {
  const id = useParams({ from: '/frame/member/archive/$storyId' }).storyId as StoryId
  const me = useMember()
  const close = useClose()
  const isKnown = entities.get('stories', id) !== undefined
  const { error, isPending, refetch } = useQuery({
    queryKey: ['stories', 'one', id],
    queryFn: async () => ingestStories([await api.stories.get({ params: { story_id: id } })]),
  })
  const ids = useLiveIds('stories', [id])
  const isGone = error instanceof TintypeError && error.code === 'not_found'
  return (
    <>
      <ScreenHead title={t('archive.title')} phoneOnly />
      <StoryDialog title={t('archive.title')} onClose={close}>
        {ids.length > 0 && !isGone ? (
          <StoryViewer
            userId={me.user_id}
            ids={ids}
            id={id}
            upcoming={[]}
            onShow={() => undefined}
            onTurn={(step) => step > 0 && close()}
            onClose={close}
          />
        ) : isPending && !isKnown ? (
          <StoryWaiting onClose={close} />
        ) : (
          <StoryGone
            title={t('viewer.gone')}
            text={isGone || !error ? t('viewer.deleted') : errorText(error)}
            onClose={close}
            onRetry={isGone || !error ? undefined : () => void refetch()}
          />
        )}
      </StoryDialog>
    </>
  )
}
