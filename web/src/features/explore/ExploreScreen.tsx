import { useMe } from '../../data/member.ts'
import { exploreFeed } from '../../data/posts.ts'
import { t } from '../../kit/messages.ts'
import { ScreenHead } from '../../shell/ScreenHead.tsx'
import wide from '../../shell/Wide.module.css'
import { PostGridQuery } from '../../things/grid/PostGridQuery.tsx'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { Loupe } from '../../ui/drawings/Loupe.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'

export default function ExploreScreen() {
  const me = useMe()
  return (
    <div className={wide.screen}>
      <ScreenHead title={t('explore.title')} />
      <PostGridQuery
        label={t('explore.title')}
        list={exploreFeed}
        pattern="mosaic"
        within="/explore/$postId"
        empty={
          <EmptyState
            drawing={<Loupe />}
            title={t('explore.empty')}
            text={t('explore.emptyText')}
            action={me ? <ButtonLink to="/search" label={t('home.emptyAction')} tone="primary" /> : undefined}
          />
        }
      />
    </div>
  )
}
