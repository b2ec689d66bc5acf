import { BookmarkPlus, EyeOff, Flag, Link2, Pencil, Send, Trash2, Volume2, VolumeX } from 'lucide-react'
import { api } from '../../../data/client.ts'
import { forgetStory } from '../../../data/entities/story-intents.ts'
import type { StoryEntity, UserEntity } from '../../../data/entities/types.ts'
import { DeleteDialog } from '../../../shell/DeleteDialog.tsx'
import { openSendTo } from '../../../shell/send-slot.ts'
import { copyText } from '../../../things/post/share.ts'
import { t as reporting } from '../../../things/reporting/messages.ts'
import { openReport } from '../../../things/reporting/report-sheet.ts'
import { KeepDialog } from '../../../things/story/highlights/KeepDialog.tsx'
import { t } from '../../../things/story/messages.ts'
import { setListed, useStoriesMuted } from '../../../things/story/people-of-stories.ts'
import ActionMenu, { type MenuAction } from '../../../ui/ActionMenuPanel.tsx'
import { toast } from '../../../ui/toast.ts'
import type { Sheet } from './use-playback.ts'

interface StoryMenuProps {
  user: UserEntity
  story: StoryEntity
  sheet: Sheet
  onSheet: (sheet: Sheet) => void
  onEdit: (() => void) | undefined
  /** Their stories are not looked at further. */
  onLeave: (step: number) => void
}

/** What is rarely done with a story, and what that asks. */
export function StoryMenu(props: StoryMenuProps) {
  const { user, story, sheet, onSheet, onLeave } = props
  const close = () => onSheet(null)
  const muted = useStoriesMuted(user.username)
  return (
    <>
      <ActionMenu
        open={sheet === 'menu'}
        onClose={close}
        label={t('viewer.menu')}
        actions={story.viewer.is_author ? ownActions(props) : actionsFor(user, story, muted, onLeave)}
      />
      {story.viewer.is_author && (
        <>
          <DeleteStory story={story} open={sheet === 'delete'} onClose={close} />
          <KeepDialog
            username={user.username}
            storyId={story.story_id}
            open={sheet === 'keep'}
            onClose={close}
          />
        </>
      )}
    </>
  )
}

const copy = ({ username }: UserEntity, { story_id }: StoryEntity): MenuAction => ({
  label: t('viewer.copy'),
  icon: Link2,
  onPress: () => void copyText(new URL(`/stories/${username}/${story_id}`, location.origin).href),
})

const sendTo = ({ username }: UserEntity, { story_id }: StoryEntity): MenuAction => ({
  label: t('viewer.send'),
  icon: Send,
  onPress: () =>
    openSendTo({
      kind: 'story',
      id: story_id,
      address: `/stories/${username}/${story_id}`,
      title: t('viewer.picture', { name: username }),
    }),
})

function ownActions({ user, story, onSheet, onEdit }: StoryMenuProps): (MenuAction | false | undefined)[] {
  return [
    story.ends_at !== null && sendTo(user, story),
    story.ends_at !== null && copy(user, story),
    { label: t('viewer.keep'), icon: BookmarkPlus, onPress: () => onSheet('keep') },
    onEdit && { label: t('highlight.edit'), icon: Pencil, onPress: onEdit },
    { label: t('viewer.delete'), icon: Trash2, tone: 'danger', onPress: () => onSheet('delete') },
  ]
}

function actionsFor(
  user: UserEntity,
  story: StoryEntity,
  muted: boolean,
  onLeave: (step: number) => void,
): (MenuAction | false)[] {
  const name = user.username
  return [
    story.ends_at !== null && sendTo(user, story),
    story.ends_at !== null && copy(user, story),
    {
      label: muted ? t('viewer.unmute', { name }) : t('viewer.mute', { name }),
      icon: muted ? Volume2 : VolumeX,
      onPress: () =>
        void setListed('muted', user.user_id, !muted).then((done) => {
          if (!done) return
          toast(muted ? t('viewer.unmuted') : t('viewer.muted'))
          if (!muted) onLeave(1)
        }),
    },
    {
      label: t('viewer.hide', { name }),
      icon: EyeOff,
      onPress: () => void hideFrom(user),
    },
    {
      label: reporting('report.do'),
      icon: Flag,
      tone: 'danger',
      onPress: () => openReport({ kind: 'story', id: story.story_id, user }),
    },
  ]
}

async function hideFrom({ user_id, username: name }: UserEntity): Promise<void> {
  if (!(await setListed('hidden_from', user_id, true))) return
  const undo = async () => {
    if (await setListed('hidden_from', user_id, false)) toast(t('viewer.unhidden', { name }))
  }
  toast(t('viewer.hidden', { name }), { label: t('viewer.undo'), onPress: () => void undo() })
}

function DeleteStory({ story, open, onClose }: { story: StoryEntity; open: boolean; onClose: () => void }) {
  const { story_id } = story
  return (
    <DeleteDialog
      open={open}
      onClose={onClose}
      title={t('viewer.deleteTitle')}
      text={t('viewer.deleteText')}
      remove={() => api.stories.delete({ params: { story_id } })}
      onRemoved={() => {
        forgetStory(story_id)
        toast(t('viewer.deleted'))
      }}
    />
  )
}
