import { useMemo } from 'react'
import type { UserEntity } from '../../data/entities/types.ts'
import { PostGridQuery } from '../../things/grid/PostGridQuery.tsx'
import { t } from '../../things/reposts/messages.ts'
import { repostsOf } from '../../things/reposts/reposts.ts'
import { ViewCamera } from '../../ui/drawings/ViewCamera.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'

/** What a member passed on to their followers. */
export default function ProfileReposts({ user: { username: name, is_self } }: { user: UserEntity }) {
  const list = useMemo(() => repostsOf(name), [name])
  return (
    <PostGridQuery
      label={t('repost.of', { name })}
      list={list}
      empty={
        <EmptyState
          drawing={<ViewCamera />}
          title={t('repost.none')}
          text={is_self ? t('repost.noneOwn') : t('repost.noneText', { name })}
        />
      }
    />
  )
}
