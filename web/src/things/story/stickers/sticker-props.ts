import type { Sticker, StickerKind, StoryId } from '@tintype/contract'

export interface StickerProps<K extends StickerKind> {
  sticker: Extract<Sticker, { kind: K }>
  storyId: StoryId
  /** Its author sees what was answered, and does not answer. */
  isAuthor: boolean
}
