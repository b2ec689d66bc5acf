import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type HighlightId, type StoryId, TintypeError } from '@tintype/contract'
import { useState } from 'react'
import { useLiveIds } from '../../data/entities/entities.ts'
import { useMe } from '../../data/member.ts'
import { errorText } from '../../data/report-error.ts'
import { ScreenHead } from '../../shell/ScreenHead.tsx'
import HighlightDialog from '../../things/story/highlights/HighlightDialog.tsx'
import { highlightQuery, type KeptHighlight } from '../../things/story/highlights/highlight-lists.ts'
import { t } from '../../things/story/messages.ts'
import { StoryGone, StoryWaiting } from './viewer/StoryGone.tsx'
import { StoryDialog, StoryViewer } from './viewer/StoryViewer.tsx'
import { useClose } from './viewer/use-close.ts'

/** Kept stories, one after the other. */
export default function HighlightScreen() {
  const { highlightId } = useParams({ from: '/frame/member/highlights/$highlightId' })
  const close = useClose()
  const { data, error, refetch } = useQuery(highlightQuery(highlightId as HighlightId))
  const isGone = error instanceof TintypeError && error.code === 'not_found'
  const title = data?.title ?? t('highlight.gone')
  return (
    <>
      <ScreenHead title={title} phoneOnly />
      <StoryDialog title={title} onClose={close}>
        {data && !isGone && <Kept highlight={data} onClose={close} />}
        {!data && !error && <StoryWaiting onClose={close} />}
        {error && (isGone || !data) && (
          <StoryGone
            title={t('highlight.gone')}
            text={isGone ? t('highlight.goneText') : errorText(error)}
            onClose={close}
            onRetry={isGone ? undefined : () => void refetch()}
          />
        )}
      </StoryDialog>
    </>
  )
}

function Kept({ highlight, onClose }: { highlight: KeptHighlight; onClose: () => void }) {
  const me = useMe()
  const ids = useLiveIds('stories', highlight.ids)
  const [asked, setAsked] = useState<StoryId | undefined>(highlight.ids[0])
  const [editing, setEditing] = useState(false)
  // One that is gone gives its place to the next.
  const id = asked && ids.includes(asked) ? asked : after(highlight.ids, ids, asked)
  if (!id) return <StoryGone title={t('highlight.gone')} text={t('highlight.goneText')} onClose={onClose} />
  return (
    <>
      <StoryViewer
        userId={highlight.user_id}
        ids={ids}
        id={id}
        upcoming={ids.slice(ids.indexOf(id) + 1)}
        title={highlight.title}
        isCovered={editing}
        onShow={setAsked}
        onTurn={(step) => step > 0 && onClose()}
        onClose={onClose}
        onEdit={me?.user_id === highlight.user_id ? () => setEditing(true) : undefined}
      />
      {me?.user_id === highlight.user_id && (
        <HighlightDialog
          open={editing}
          onClose={() => setEditing(false)}
          username={me.username}
          highlightId={highlight.highlight_id}
          onDeleted={onClose}
        />
      )}
    </>
  )
}

function after(
  all: readonly StoryId[],
  live: readonly StoryId[],
  gone: StoryId | undefined,
): StoryId | undefined {
  const from = gone ? all.indexOf(gone) : 0
  return all.slice(from).find((id) => live.includes(id)) ?? live.at(-1)
}
