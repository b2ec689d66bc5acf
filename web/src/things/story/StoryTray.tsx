import { useInfiniteQuery } from '@tanstack/react-query'
import type { UserId } from '@tintype/contract'
import { ChevronLeft, ChevronRight, Plus } from 'lucide-react'
import { lazy, Suspense, type UIEvent, useMemo, useRef } from 'react'
import { entities, useLiveIds, useUser } from '../../data/entities/entities.ts'
import type { UserEntity } from '../../data/entities/types.ts'
import { useMember } from '../../data/member.ts'
import { idsOf, useMore } from '../../data/paged-list.ts'
import { t } from '../../kit/messages.ts'
import { openStoryComposer } from '../../shell/composer-slot.ts'
import { prefersStill } from '../../shell/viewport.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { StoryLink } from './StoryLink.tsx'
import styles from './StoryTray.module.css'
import { trayList } from './story-lists.ts'

const LiveTray = lazy(() => import('../live/LiveTray.tsx'))

/** Authors from the end at which more are asked for. CSS pixels. */
const AHEAD_PX = 600
const SKELETONS = ['a', 'b', 'c', 'd', 'e', 'f']

/** The row above the home feed: one's own first, then whose stories are unseen. It keeps its height whatever is in it. */
export function StoryTray() {
  const me = useMember()
  const query = useInfiniteQuery(trayList)
  const { hasMore, onMore } = useMore(query, trayList.queryKey)
  const { data } = query
  const listed = useLiveIds(
    'users',
    useMemo(() => idsOf(data), [data]),
  )
  const ids = useMemo(() => listed.filter((id) => id !== me.user_id), [listed, me.user_id])
  const row = useRef<HTMLUListElement>(null)
  const handleScroll = ({
    currentTarget: { scrollWidth, scrollLeft, clientWidth },
  }: UIEvent<HTMLElement>) => {
    const left = scrollWidth - Math.abs(scrollLeft) - clientWidth
    if (left < AHEAD_PX && hasMore) onMore()
  }
  const turn = (step: number) =>
    row.current?.scrollBy({
      left: step * row.current.clientWidth * 0.8,
      behavior: prefersStill() ? 'auto' : 'smooth',
    })
  return (
    <section className={styles.tray} aria-label={t('tray.title')}>
      <ul ref={row} className={styles.row} onScroll={handleScroll} aria-busy={query.isPending}>
        <OwnStory userId={me.user_id} />
        <Suspense fallback={null}>
          <LiveTray>
            {({ id, link, name }) => (
              <li key={id} className={styles.item}>
                {link}
                <Name>{name}</Name>
              </li>
            )}
          </LiveTray>
        </Suspense>
        {ids.map((id) => (
          <Author key={id} userId={id} ids={ids} />
        ))}
        {query.isPending &&
          SKELETONS.map((key) => (
            <li key={key} className={styles.item} aria-hidden>
              <Skeleton shape="circle" width="64px" height="64px" />
            </li>
          ))}
      </ul>
      {ids.length > 5 && (
        <>
          <span className={styles.before}>
            <IconButton icon={ChevronLeft} size="small" label={t('tray.back')} onPress={() => turn(-1)} />
          </span>
          <span className={styles.after}>
            <IconButton icon={ChevronRight} size="small" label={t('tray.on')} onPress={() => turn(1)} />
          </span>
        </>
      )}
    </section>
  )
}

const usernamesOf = (ids: readonly UserId[]): string[] =>
  ids.flatMap((id) => entities.get('users', id)?.username ?? [])

function Author({ userId, ids }: { userId: UserId; ids: readonly UserId[] }) {
  const user = useUser(userId)
  const among = useMemo(() => usernamesOf(ids), [ids])
  if (!user?.stories) return null
  return (
    <li className={styles.item}>
      <StoryLink user={user} size={64} among={among} />
      <Name>{user.username}</Name>
    </li>
  )
}

function OwnStory({ userId }: { userId: UserId }) {
  const user = useUser(userId)
  if (!user) return null
  return (
    <li className={styles.item}>
      {user.stories ? <Shown user={user} /> : <None user={user} />}
      <Name>{t('tray.own')}</Name>
    </li>
  )
}

/** One has stories: they open by the picture, the plus adds another. */
function Shown({ user }: { user: UserEntity }) {
  return (
    <>
      <StoryLink user={user} size={64} label={t('tray.own')} />
      <button
        type="button"
        className={styles.add}
        aria-label={t('tray.add')}
        onClick={() => openStoryComposer()}
      >
        <Plus aria-hidden size={16} strokeWidth={3} />
      </button>
    </>
  )
}

function None({ user }: { user: UserEntity }) {
  return (
    <button
      type="button"
      className={styles.begin}
      aria-label={t('tray.add')}
      onClick={() => openStoryComposer()}
    >
      <Avatar user={user} size={64} />
      <span className={styles.add}>
        <Plus aria-hidden size={16} strokeWidth={3} />
      </span>
    </button>
  )
}

function Name({ children }: { children: string }) {
  return (
    <span className={styles.name} aria-hidden>
      {children}
    </span>
  )
}
