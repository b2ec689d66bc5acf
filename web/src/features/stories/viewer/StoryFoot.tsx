import type { StoryId } from '@tintype/contract'
import { Eye } from 'lucide-react'
import { setReaction } from '../../../data/entities/story-intents.ts'
import type { StoryEntity } from '../../../data/entities/types.ts'
import { t } from '../../../things/story/messages.ts'
import styles from './StoryFoot.module.css'

const EMOJI = ['❤️', '😂', '😮', '😢', '👏', '🔥']

/** For viewers the quick reactions, for the author who has seen it. */
export function StoryFoot({ story, onInsights }: { story: StoryEntity; onInsights: () => void }) {
  if (!story.viewer.is_author) return <Reactions storyId={story.story_id} chosen={story.viewer.reaction} />
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
