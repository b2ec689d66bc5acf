import { useRouter } from '@tanstack/react-router'
import type { PostEntity, UserEntity } from '../../data/entities/types.ts'
import { t } from '../../kit/messages.ts'
import type { Place } from '../../ui/media-sources.ts'
import { Carousel, type PictureFrame } from './Carousel.tsx'
import { LikeArea } from './LikeArea.tsx'
import { shownPicture } from './turn-pictures.ts'
import { usePostActions } from './use-post-actions.ts'
import { openViewer } from './viewer/open-viewer.ts'

interface PostPicturesProps {
  post: PostEntity
  user: UserEntity
  place: Place
  frame: PictureFrame
  eager?: boolean | undefined
}

/** The pictures of a post: two taps like it; where it is open already, one shows them on the full screen. */
export function PostPictures({ post, user, place, frame, eager }: PostPicturesProps) {
  const router = useRouter()
  const actions = usePostActions(post, user.username)
  const { post_id: id } = post
  const view = (at: number) => openViewer(router, id, at)
  const handleTap = frame === 'card' ? undefined : () => view(shownPicture(id))
  return (
    <LikeArea onLike={actions.like} onTap={handleTap}>
      {(burst) => (
        <Carousel
          postId={id}
          media={post.media}
          fallbackAlt={t('post.by', { name: user.username })}
          place={place}
          eager={eager}
          frame={frame}
          overlay={burst}
          onView={view}
        />
      )}
    </LikeArea>
  )
}
