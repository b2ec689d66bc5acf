import { ChevronLeft, ChevronRight } from 'lucide-react'
import { type FocusEvent, useRef } from 'react'
import type { StoryEntity, UserEntity } from '../../../data/entities/types.ts'
import { useSendRequest } from '../../../shell/send-slot.ts'
import { t } from '../../../things/story/messages.ts'
import { StickerLayer } from '../../../things/story/stickers/StickerLayer.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { StoryInsights } from '../insights/StoryInsights.tsx'
import { ProgressBars } from './ProgressBars.tsx'
import { StoryFoot } from './StoryFoot.tsx'
import { StoryHead } from './StoryHead.tsx'
import { StoryMenu } from './StoryMenu.tsx'
import { StoryPicture } from './StoryPicture.tsx'
import styles from './StoryViewer.module.css'
import type { Showing } from './showing.ts'
import { usePlayback } from './use-playback.ts'
import { timeOf } from './use-story-clock.ts'
import { useStoryGestures } from './use-story-gestures.ts'
import { useStoryKeys } from './use-story-keys.ts'

interface StoryStageProps extends Showing {
  user: UserEntity
  story: StoryEntity
}

export function StoryStage(props: StoryStageProps) {
  const { user, story, ids, id, title, isCovered = false, onShow, onTurn, onClose, onEdit } = props
  const stage = useRef<HTMLElement>(null)
  const at = ids.indexOf(id)
  const step = (by: number) => {
    const beside = ids[at + by]
    if (beside) onShow(beside)
    else onTurn(by)
  }
  const gestures = useStoryGestures({ onBefore: () => step(-1), onNext: () => step(1), onTurn, onClose })
  const isSending = useSendRequest() !== null
  const playback = usePlayback(story, gestures.held || isCovered || isSending, () => step(1))
  const { running, paused, sheet, setSheet, setPaused } = playback
  useStoryKeys(stage, { step, toggle: () => setPaused(!paused) })
  return (
    <section
      ref={stage}
      className={styles.stage}
      aria-label={t('viewer.picture', { name: user.username })}
      style={{ '--pull': `${gestures.pull}px` }}
      data-held={gestures.held}
    >
      <div className={styles.card}>
        <div className={styles.picture} {...gestures.handlers} {...typing(playback.setTyping)}>
          {story.media ? (
            <StoryPicture
              key={id}
              media={story.media}
              alt={story.media.alt_text || t('viewer.picture', { name: user.username })}
              running={running}
              onStalled={playback.setStalled}
              onPainted={playback.handlePainted}
            >
              <StickerLayer story={story} />
            </StoryPicture>
          ) : (
            <p className={styles.note}>{story.failure?.message ?? t('viewer.processing')}</p>
          )}
        </div>
        <div className={styles.top}>
          <ProgressBars
            count={ids.length}
            at={at}
            running={playback.counts}
            time={timeOf(story.media)}
            id={id}
          />
          <StoryHead
            user={user}
            story={story}
            title={title}
            paused={paused}
            onPause={() => setPaused(!paused)}
            onMenu={() => setSheet('menu')}
            onClose={onClose}
          />
        </div>
        <StoryFoot
          user={user}
          story={story}
          onInsights={() => setSheet('insights')}
          onTyping={playback.setTyping}
        />
      </div>
      <span className={styles.before}>
        <IconButton icon={ChevronLeft} label={t('viewer.previous')} tone="veil" onPress={() => step(-1)} />
      </span>
      <span className={styles.after}>
        <IconButton icon={ChevronRight} label={t('viewer.next')} tone="veil" onPress={() => step(1)} />
      </span>
      <StoryMenu
        user={user}
        story={story}
        sheet={sheet}
        onSheet={setSheet}
        onEdit={onEdit}
        onLeave={onTurn}
      />
      {story.viewer.is_author && (
        <StoryInsights story={story} open={sheet === 'insights'} onClose={() => setSheet(null)} />
      )}
    </section>
  )
}

/** Writing an answer, or sliding, takes its time. */
const typing = (set: (isTyping: boolean) => void) => ({
  onFocus: ({ target }: FocusEvent) => set(target instanceof HTMLInputElement),
  onBlur: () => set(false),
})
