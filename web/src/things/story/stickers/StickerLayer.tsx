import type { Sticker, StickerKind } from '@tintype/contract'
import type { ComponentType, CSSProperties } from 'react'
import type { StoryEntity } from '../../../data/entities/types.ts'
import { CountdownSticker } from './CountdownSticker.tsx'
import { HashtagSticker, LinkSticker, MentionSticker, PlaceSticker } from './PlainStickers.tsx'
import { PollSticker } from './PollSticker.tsx'
import { QuestionSticker } from './QuestionSticker.tsx'
import { QuizSticker } from './QuizSticker.tsx'
import { SliderSticker } from './SliderSticker.tsx'
import styles from './Stickers.module.css'
import type { StickerProps } from './sticker-props.ts'

const views: { [K in StickerKind]: ComponentType<StickerProps<K>> } = {
  mention: MentionSticker,
  hashtag: HashtagSticker,
  place: PlaceSticker,
  link: LinkSticker,
  poll: PollSticker,
  quiz: QuizSticker,
  question: QuestionSticker,
  slider: SliderSticker,
  countdown: CountdownSticker,
}

/** The stickers of a story, over the whole of its picture. */
export function StickerLayer({ story }: { story: StoryEntity }) {
  return story.stickers.map((sticker) => {
    const View = views[sticker.kind] as ComponentType<StickerProps<StickerKind>>
    return (
      <div key={sticker.sticker} className={styles.place} style={placeOf(sticker)}>
        <View sticker={sticker} storyId={story.story_id} isAuthor={story.viewer.is_author} />
      </div>
    )
  })
}

const placeOf = ({ x, y, width, rotation }: Sticker): CSSProperties => ({
  left: `${x * 100}%`,
  top: `${y * 100}%`,
  inlineSize: `${width * 100}%`,
  rotate: `${rotation}deg`,
})
