import type { StoryId } from '@tintype/contract'
import { useStory } from '../../data/entities/entities.ts'
import { MediaBox } from '../../ui/MediaBox.tsx'
import type { Place } from '../../ui/media-sources.ts'
import { longDate } from '../../ui/relative-time.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { t } from './messages.ts'

const RATIO = 9 / 16

/** A story, small: cut to the shape of a phone. */
export function StoryThumb({ storyId, place }: { storyId: StoryId; place: Place }) {
  const story = useStory(storyId)
  if (!story?.media) return <Skeleton shape="box" ratio={RATIO} />
  const fallbackAlt = t('archive.story', { date: longDate(story.created_at) })
  return <MediaBox media={story.media} fallbackAlt={fallbackAlt} place={place} ratio={RATIO} />
}
