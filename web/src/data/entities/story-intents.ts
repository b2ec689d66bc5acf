import { type Answer, type Sticker, type StoryId, TintypeError } from '@tintype/contract'
import { api } from '../client.ts'
import { reportError } from '../report-error.ts'
import { entities } from './entities.ts'
import { toggles } from './toggle-queue.ts'
import type { StoryEntity } from './types.ts'

const withReaction = (story: StoryEntity, reaction: string | null): StoryEntity => ({
  ...story,
  viewer: { ...story.viewer, reaction },
})

/** Reacts with an emoji in place of the one before; null takes it back. */
export function setReaction(story_id: StoryId, want: string | null): Promise<void> {
  return toggles.request<string | null, unknown>(`story-reaction:${story_id}`, want, {
    apply: (emoji) =>
      entities.overlay('stories', story_id, 'reaction', (story) => withReaction(story, emoji)),
    send: async (emoji) => {
      if (emoji === null) await api.stories.unreact({ params: { story_id } })
      else await api.stories.react({ params: { story_id }, body: { emoji } })
      return emoji
    },
    settle: (emoji) => {
      const viewer = entities.truth('stories', story_id)?.viewer
      const reaction = emoji as string | null
      entities.settle('stories', story_id, 'reaction', viewer && { viewer: { ...viewer, reaction } })
    },
    fail: (error) => failed(story_id, 'reaction', error),
  })
}

/** One that is gone by now leaves the screen; of anything else the member is told. */
function failed(story_id: StoryId, layer: string, error: unknown): void {
  entities.settle('stories', story_id, layer)
  if (error instanceof TintypeError && error.code === 'not_found') entities.remove('stories', story_id)
  else reportError(error)
}

/** The sticker as it looks before the server has answered. Idempotent. */
export function withAnswer(sticker: Sticker, answer: Answer): Sticker {
  if (sticker.kind === 'question') return { ...sticker, answered: true }
  if (sticker.kind === 'slider' && 'value' in answer) return { ...sticker, value: answer.value }
  if ((sticker.kind !== 'poll' && sticker.kind !== 'quiz') || !('choice' in answer)) return sticker
  if (sticker.choice === answer.choice) return sticker
  // Until one has answered, nobody but the author knows the votes.
  const votes = sticker.votes?.map(
    (count, option) => count + Number(option === answer.choice) - Number(option === sticker.choice),
  )
  return { ...sticker, choice: answer.choice, votes: votes ?? null }
}

const replaced = (story: StoryEntity, at: number, change: (sticker: Sticker) => Sticker): Sticker[] =>
  story.stickers.map((one) => (one.sticker === at ? change(one) : one))

/** Answers a sticker; where it fails, it is as it was. */
export function answerSticker(story_id: StoryId, sticker: number, answer: Answer): Promise<void> {
  const layer = `answer-${sticker}`
  return toggles.request<Answer, Sticker>(`story-${layer}:${story_id}`, answer, {
    apply: (wanted) =>
      entities.overlay('stories', story_id, layer, (story) => ({
        ...story,
        stickers: replaced(story, sticker, (one) => withAnswer(one, wanted)),
      })),
    send: (body) => api.stories.answer({ params: { story_id, sticker }, body }),
    settle: (answered) => {
      const story = entities.truth('stories', story_id)
      const truth = story && { stickers: replaced(story, sticker, () => answered) }
      entities.settle('stories', story_id, layer, truth)
    },
    fail: (error) => failed(story_id, layer, error),
  })
}

/** It is deleted: gone from the screen, and its author's ring with the last one. */
export function forgetStory(story_id: StoryId): void {
  const author = entities.get('stories', story_id)?.user_id
  entities.remove('stories', story_id)
  const ring = author && entities.get('users', author)?.stories
  if (!author || !ring) return
  const count = ring.count - 1
  entities.patch('users', author, { stories: count > 0 ? { ...ring, count } : null })
}
