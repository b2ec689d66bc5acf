import { useRouter } from '@tanstack/react-router'
import type { Media } from '@tintype/contract'
import { UserRound } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { PostEntity, UserEntity } from '../../data/entities/types.ts'
import { t } from '../../kit/messages.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { clampRatio, type Place } from '../../ui/media-sources.ts'
import { Carousel, type PictureFrame } from './Carousel.tsx'
import { isCovered } from './covered.ts'
import { LikeArea } from './LikeArea.tsx'
import { shownPicture } from './turn-pictures.ts'
import { usePostActions } from './use-post-actions.ts'
import { openViewer } from './viewer/open-viewer.ts'

const TagMarks = lazy(() => import('../tags/TagMarks.tsx'))

const SensitiveCover = lazy(() => import('./SensitiveCover.tsx'))

interface PostPicturesProps {
  post: PostEntity
  user: UserEntity
  place: Place
  frame: PictureFrame
  eager?: boolean | undefined
}

/** The pictures of a post: two taps like it; one shows who is in them or, where it is open already, them on the full screen. */
export function PostPictures({ post, user, place, frame, eager }: PostPicturesProps) {
  const router = useRouter()
  const actions = usePostActions(post, user.username)
  const { post_id: id } = post
  const view = (at: number) => openViewer(router, id, at)
  const [shown, setShown] = useState(false)
  const [named, setNamed] = useState(false)
  const turn = () => setNamed((now) => !now)
  const [first] = post.media
  if (first && !shown && isCovered(post))
    return (
      <Suspense fallback={<div style={{ aspectRatio: clampRatio(first.width, first.height) }} />}>
        <SensitiveCover first={first} frame={frame} onShow={() => setShown(true)} />
      </Suspense>
    )
  const handleTap = post.tagged ? turn : frame === 'card' ? undefined : () => view(shownPicture(id))
  const marks = (media: Media) => (
    <Suspense fallback={null}>
      <TagMarks postId={id} media={media} fit={frame === 'card' ? 'cover' : 'contain'} />
    </Suspense>
  )
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
          marks={post.tagged && named ? marks : undefined}
          corner={
            post.tagged && (
              <IconButton
                icon={UserRound}
                label={t('post.people')}
                tone="veil"
                size="small"
                pressed={named}
                onPress={turn}
              />
            )
          }
          onView={view}
        />
      )}
    </LikeArea>
  )
}
