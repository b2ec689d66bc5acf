import { useQuery } from '@tanstack/react-query'
import { followedTagsQuery, setTagFollowed } from '../../things/feed/choices.ts'
import { t } from '../../things/feed/messages.ts'
import { Button } from '../../ui/Button.tsx'

/** Brings a hashtag's posts into one's home feed, or ends that. */
export function FollowTag({ tag }: { tag: string }) {
  const { data } = useQuery(followedTagsQuery)
  if (!data) return null
  const isFollowed = data.includes(tag)
  return (
    <Button
      label={isFollowed ? t('tag.following') : t('tag.follow')}
      tone={isFollowed ? 'plain' : 'primary'}
      pressed={isFollowed}
      onPress={() => void setTagFollowed(tag, !isFollowed)}
    />
  )
}
