import { useState } from 'react'
import type { StoryEntity } from '../../../data/entities/types.ts'
import { t } from '../../../things/story/messages.ts'
import DialogPanel from '../../../ui/DialogPanel.tsx'
import { Tabs } from '../../../ui/Tabs.tsx'
import { AnswerList } from './AnswerList.tsx'
import { isAnswerable } from './answerable.ts'
import styles from './Insights.module.css'
import { ViewList } from './ViewList.tsx'

interface StoryInsightsProps {
  story: StoryEntity
  open: boolean
  onClose: () => void
}

/** For the author: who has seen it, with their reactions, and what was answered. */
export function StoryInsights({ story, open, onClose }: StoryInsightsProps) {
  const [tab, setTab] = useState<'views' | 'answers'>('views')
  const stickers = story.stickers.filter(isAnswerable)
  const views = <ViewList storyId={story.story_id} onOpen={onClose} />
  return (
    <DialogPanel open={open} onClose={onClose} title={t('insights.title')} bare>
      {open && stickers.length === 0 && views}
      {open && stickers.length > 0 && (
        <Tabs
          label={t('insights.tabs')}
          value={tab}
          onChange={setTab}
          tabs={[
            { value: 'views', label: t('insights.views') },
            { value: 'answers', label: t('insights.answers') },
          ]}
        >
          {tab === 'views' ? (
            views
          ) : (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls by keyboard, whether its rows take focus or not
            <section className={styles.answers} tabIndex={0} aria-label={t('insights.answers')}>
              {stickers.map((sticker) => (
                <AnswerList
                  key={sticker.sticker}
                  storyId={story.story_id}
                  sticker={sticker}
                  onOpen={onClose}
                />
              ))}
            </section>
          )}
        </Tabs>
      )}
    </DialogPanel>
  )
}
