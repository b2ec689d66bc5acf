import type { UserId } from '@tintype/contract'
import { Dialog as Radix } from 'radix-ui'
import { type ReactNode, useRef } from 'react'
import { useStory, useUser } from '../../../data/entities/entities.ts'
import type { StoryEntity, UserEntity } from '../../../data/entities/types.ts'
import { useShortcuts } from '../../../shell/shortcuts.ts'
import { t } from '../../../things/story/messages.ts'
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx'
import { usePreload } from './preload.ts'
import { StoryStage } from './StoryStage.tsx'
import styles from './StoryViewer.module.css'
import type { Showing } from './showing.ts'

/** A member's stories one after the other. Back, Esc and a swipe down close them; focus goes back where it came from. */
export function StoryViewer({ userId, ...showing }: Showing & { userId: UserId }) {
  const user = useUser(userId)
  const story = useStory(showing.id)
  usePreload(showing.upcoming)
  if (!user || !story) return null
  return (
    <>
      <Announcement user={user} story={story} {...showing} />
      <StoryStage user={user} story={story} {...showing} />
    </>
  )
}

interface StoryDialogProps {
  title: string
  onClose: () => void
  children: ReactNode
}

/** Covers the screen. Nothing has focus at first, so that every key is the viewer's. */
export function StoryDialog({ title, onClose, children }: StoryDialogProps) {
  const content = useRef<HTMLDivElement>(null)
  useShortcuts({}, { covers: true })
  const handleOpen = (event: Event) => {
    event.preventDefault()
    content.current?.focus()
  }
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Content
          ref={content}
          aria-describedby={undefined}
          className={styles.viewer}
          data-plate
          onOpenAutoFocus={handleOpen}
          // The link it was opened by is on a page that comes back only now: RouteFocus finds it.
          onCloseAutoFocus={(event) => event.preventDefault()}
        >
          <Radix.Title className={styles.title}>{title}</Radix.Title>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

interface AnnouncementProps extends Showing {
  user: UserEntity
  story: StoryEntity
}

function Announcement({ user, story, ids, id }: AnnouncementProps) {
  const at = { n: ids.indexOf(id) + 1, of: ids.length, name: user.username }
  const alt = story.media?.alt_text
  return (
    <VisuallyHidden live>
      {alt ? t('viewer.described', { ...at, alt }) : t('viewer.story', at)}
    </VisuallyHidden>
  )
}
