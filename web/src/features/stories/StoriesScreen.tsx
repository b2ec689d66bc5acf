import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useRouterState } from '@tanstack/react-router'
import { type StoryId, TintypeError, type UserId } from '@tintype/contract'
import { useEffect, useRef, useState } from 'react'
import { entities } from '../../data/entities/entities.ts'
import { errorText } from '../../data/report-error.ts'
import { ScreenHead } from '../../shell/ScreenHead.tsx'
import { t } from '../../things/story/messages.ts'
import { storiesOf } from '../../things/story/story-lists.ts'
import { StoryGone, StoryWaiting } from './viewer/StoryGone.tsx'
import { StoryDialog, StoryViewer } from './viewer/StoryViewer.tsx'
import { useClose } from './viewer/use-close.ts'
import { useUnexpired } from './viewer/use-unexpired.ts'

/** Stories of one author after the other, on the full screen. */
export default function StoriesScreen() {
  const { username } = useParams({ from: '/frame/member/stories/$username/{-$storyId}' })
  const close = useClose()
  const title = t('viewer.title', { name: username })
  return (
    <>
      <ScreenHead title={title} phoneOnly />
      <StoryDialog title={title} onClose={close}>
        <Author key={username} username={username} onClose={close} />
      </StoryDialog>
    </>
  )
}

/** The authors beside this one in the row that the viewer was opened from. */
function useAmong(username: string) {
  const among = useRouterState({ select: ({ location }) => location.state.stories }) ?? [username]
  const at = among.indexOf(username)
  return (step: number): string | undefined => (at < 0 ? undefined : among[at + step])
}

function Author({ username, onClose }: { username: string; onClose: () => void }) {
  const beside = useAmong(username)
  const query = useQuery(storiesOf(username))
  const turn = useTurn(beside, onClose)
  if (query.data && (!query.isStale || query.isFetchedAfterMount || !navigator.onLine))
    return <Reel username={username} {...query.data} beside={beside} onTurn={turn} onClose={onClose} />
  if (!query.error) return <StoryWaiting onClose={onClose} />
  const isGone = query.error instanceof TintypeError && query.error.code === 'not_found'
  return (
    <StoryGone
      title={t('viewer.gone')}
      text={isGone ? t('viewer.goneText') : errorText(query.error)}
      onClose={onClose}
      onRetry={isGone ? undefined : () => void query.refetch()}
    />
  )
}

/** To the author beside, in place of this one in the history; out where there is none. */
function useTurn(beside: (step: number) => string | undefined, close: () => void) {
  const navigate = useNavigate()
  return (step: number) => {
    const username = beside(step)
    if (username)
      void navigate({
        to: '/stories/$username/{-$storyId}',
        params: { username, storyId: undefined },
        state: true,
        replace: true,
      })
    else if (step > 0) close()
  }
}

const isUnseen = (id: StoryId): boolean => entities.get('stories', id)?.viewer.seen === false

interface ReelProps {
  username: string
  userId: UserId
  ids: readonly StoryId[]
  beside: (step: number) => string | undefined
  onTurn: (step: number) => void
  onClose: () => void
}

function Reel({ username, userId, ids: all, beside, onTurn, onClose }: ReelProps) {
  const { storyId } = useParams({ from: '/frame/member/stories/$username/{-$storyId}' })
  const navigate = useNavigate()
  const ids = useUnexpired(all)
  // The address names a story only once one has gone on from the first.
  const [first] = useState(() => ids.find(isUnseen) ?? ids[0])
  const asked = (storyId as StoryId | undefined) ?? first
  const id = useStillThere(ids, asked)
  const following = useFollowing(beside(1))
  const isOver = id === undefined && ids.length < all.length && asked !== undefined && all.includes(asked)
  const turn = useRef(onTurn)
  useEffect(() => {
    turn.current = onTurn
  })
  useEffect(() => {
    if (isOver) turn.current(1)
  }, [isOver])
  if (isOver) return null
  if (!id || !asked) {
    const title = asked ? t('viewer.gone') : t('viewer.none', { name: username })
    return <StoryGone title={title} text={t('viewer.goneText')} onClose={onClose} />
  }
  const show = (next: StoryId) =>
    void navigate({
      to: '/stories/$username/{-$storyId}',
      params: { username, storyId: next },
      state: true,
      replace: true,
    })
  return (
    <StoryViewer
      userId={userId}
      ids={ids}
      id={id}
      upcoming={[...ids.slice(ids.indexOf(id) + 1), ...following]}
      onShow={show}
      onTurn={onTurn}
      onClose={onClose}
    />
  )
}

/** The story asked for; where it went while it was shown, the one that took its place, if any. */
function useStillThere(ids: readonly StoryId[], asked: StoryId | undefined): StoryId | undefined {
  const lastAt = useRef<number | undefined>(undefined)
  const at = asked ? ids.indexOf(asked) : -1
  useEffect(() => {
    if (at >= 0) lastAt.current = at
  })
  if (at >= 0) return asked
  return lastAt.current === undefined ? undefined : ids[lastAt.current]
}

/** What the author after this one has, read ahead, so that their first picture can be, too. */
function useFollowing(username: string | undefined): readonly StoryId[] {
  const { data } = useQuery({ ...storiesOf(username ?? ''), enabled: username !== undefined })
  const ids = data?.ids ?? []
  const unseen = ids.findIndex(isUnseen)
  return unseen > 0 ? ids.slice(unseen) : ids
}
