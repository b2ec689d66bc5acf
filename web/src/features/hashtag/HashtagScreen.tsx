import { useParams } from '@tanstack/react-router'
import { useMemo } from 'react'
import { hashtagFeed } from '../../api/posts.ts'
import { t } from '../../messages.ts'
import { ViewCamera } from '../../ui/drawings/ViewCamera.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ScreenHead } from '../frame/ScreenHead.tsx'
import wide from '../frame/Wide.module.css'
import { PostGridQuery } from '../grid/PostGridQuery.tsx'

export default function HashtagScreen() {
  const { tag } = useParams({ from: '/frame/tags/$tag' })
  const list = useMemo(() => hashtagFeed(tag), [tag])
  return (
    <div className={wide.screen}>
      <ScreenHead title={`#${tag}`} back />
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
