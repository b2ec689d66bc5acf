import type { StoryId } from '@tintype/contract'
import { Eye } from 'lucide-react'
import { setReaction } from '../../../data/entities/story-intents.ts'
import type { StoryEntity, UserEntity } from '../../../data/entities/types.ts'
import { StoryReply } from '../../../things/direct/StoryReply.tsx'
import { t } from '../../../things/story/messages.ts'
import styles from './StoryFoot.module.css'

const EMOJI = ['❤️', '😂', '😮', '😢', '👏', '🔥']

interface StoryFootProps {
  user: UserEntity
  story: StoryEntity
  onInsights: () => void
  onTyping: (isTyping: boolean) => void
}

/** For viewers the quick reactions and an answer, for the author who has seen it. */
export function StoryFoot({ user, story, onInsights, onTyping }: StoryFootProps) {
  if (!story.viewer.is_author)
    return (
      <div className={styles.answers}>
        <Reactions storyId={story.story_id} chosen={story.viewer.reaction} />
        {story.viewer.can_reply && (
          <StoryReply key={story.story_id} story={story} user={user} onTyping={onTyping} />
        )}
      </div>
    )
  const count = story.views_count ?? 0
  return (
    <div className={styles.foot}>
      <button type="button" className={styles.insights} onClick={onInsights}>
        <Eye aria-hidden size={18} />
        {count > 0 ? t('viewer.seenBy', { count }) : t('viewer.seenByNobody')}
      </button>
    </div>
  )
}

function Reactions({ storyId, chosen }: { storyId: StoryId; chosen: string | null }) {
  return (
    <fieldset className={styles.foot} aria-label={t('viewer.reactions')}>
      {EMOJI.map((emoji) => (
        <button
          key={emoji}
          type="button"
          className={styles.emoji}
          aria-label={t('viewer.react', { emoji })}
          aria-pressed={emoji === chosen}
          onClick={() => void setReaction(storyId, emoji === chosen ? null : emoji)}
        >
          <span aria-hidden>{emoji}</span>
        </button>
      ))}
    </fieldset>
  )
}
