import { useMe } from '../../api/member.ts'
import { exploreFeed } from '../../api/posts.ts'
import { t } from '../../messages.ts'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { Loupe } from '../../ui/drawings/Loupe.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ScreenHead } from '../frame/ScreenHead.tsx'
import wide from '../frame/Wide.module.css'
import { PostGridQuery } from '../grid/PostGridQuery.tsx'

export default function ExploreScreen() {
  const me = useMe()
  return (
    <div className={wide.screen}>
      <ScreenHead title={t('explore.title')} />
      <PostGridQuery
        label={t('explore.title')}
        list={exploreFeed}
        pattern="mosaic"
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
