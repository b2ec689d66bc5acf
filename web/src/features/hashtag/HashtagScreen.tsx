import { useParams } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useMe } from '../../data/member.ts'
import { hashtagFeed } from '../../data/posts.ts'
import { t } from '../../kit/messages.ts'
import { ScreenHead } from '../../shell/ScreenHead.tsx'
import wide from '../../shell/Wide.module.css'
import { PostGridQuery } from '../../things/grid/PostGridQuery.tsx'
import { ViewCamera } from '../../ui/drawings/ViewCamera.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FollowTag } from './FollowTag.tsx'

export default function HashtagScreen() {
  const { tag } = useParams({ from: '/frame/tags/$tag' })
  const me = useMe()
  const list = useMemo(() => hashtagFeed(tag), [tag])
  return (
    <div className={wide.screen}>
      <ScreenHead title={`#${tag}`} end={me ? <FollowTag tag={tag} /> : undefined} back />
      <PostGridQuery
        key={tag}
        label={`#${tag}`}
        list={list}
        empty={
          <EmptyState
            drawing={<ViewCamera />}
            title={t('hashtag.empty')}
            text={t('hashtag.emptyText', { tag })}
          />
        }
      />
    </div>
  )
}
