import { useQuery } from '@tanstack/react-query'
import { Outlet, useNavigate, useParams } from '@tanstack/react-router'
import { TintypeError } from '@tintype/contract'
import { useEffect } from 'react'
import { useUser } from '../../data/entities/entities.ts'
import { useMe } from '../../data/member.ts'
import { LoadError } from '../../shell/LoadError.tsx'
import { WayOn } from '../../shell/NotFoundScreen.tsx'
import { ScreenHead } from '../../shell/ScreenHead.tsx'
import wide from '../../shell/Wide.module.css'
import { HighlightRow } from '../../things/story/highlights/HighlightRow.tsx'
import { highlightsOf, storiesOf } from '../../things/story/story-lists.ts'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { CrookedFrame } from '../../ui/drawings/CrookedFrame.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { t } from './messages.ts'
import { ProfileBody } from './ProfileBody.tsx'
import { ProfileHead } from './ProfileHead.tsx'
import { ProfileSkeleton } from './ProfileSkeleton.tsx'
import { profileQuery } from './profile-query.ts'

export default function ProfileScreen() {
  const { username } = useParams({ from: '/frame/$username' })
  return <Profile key={username} username={username} />
}

function Profile({ username }: { username: string }) {
  const query = useQuery(profileQuery(username))
  const user = useUser(query.data)
  useCurrentAddress(username, user?.username)
  const me = useMe()
  const { highlights, isWaiting } = useStoriesAndHighlights(username, me !== null)
  if (!user || user.can_view_content === undefined || isWaiting) {
    const gone = query.error instanceof TintypeError && query.error.code === 'not_found'
    return (
      <div className={wide.screen}>
        <ScreenHead title={username} back phoneOnly />
        {(query.isPending || (user && isWaiting)) && <ProfileSkeleton />}
        {gone && (
          <EmptyState
            drawing={<CrookedFrame />}
            title={t('profile.gone')}
            text={t('profile.goneText')}
            action={me ? <ButtonLink to="/search" label={t('home.emptyAction')} tone="primary" /> : <WayOn />}
          />
        )}
        {query.error && !gone && <LoadError error={query.error} onRetry={query.refetch} />}
      </div>
    )
  }
  const name = user.full_name || user.username
  return (
    <div className={wide.screen}>
      <ScreenHead
        title={t('profile.title', { name, username: user.username })}
        brand={user.username}
        back={!user.is_self}
        phoneOnly
      />
      <ProfileHead user={user} />
      {me && user.can_view_content && !user.viewer?.blocking && (
        <HighlightRow user={user} highlights={highlights} />
      )}
      <ProfileBody user={user} />
      <Outlet />
    </div>
  )
}

/**
 * Asked beside the profile, for members. While `highlights` load, the row that they stand in is not known, and would push down
 * what stands below it. Who may not see any is told that there are none.
 */
function useStoriesAndHighlights(username: string, isMember: boolean) {
  useQuery({ ...storiesOf(username), enabled: isMember })
  const { data = [], isLoading } = useQuery({ ...highlightsOf(username), enabled: isMember })
  return { highlights: data, isWaiting: isLoading }
}

/** A name that was given up leads to the one its member has now. */
function useCurrentAddress(asked: string, username: string | undefined): void {
  const navigate = useNavigate()
  useEffect(() => {
    if (username !== undefined && username !== asked)
      void navigate({ to: '.', params: { username }, search: true, replace: true })
  }, [asked, username, navigate])
}
