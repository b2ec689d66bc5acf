import type { MediaId, StoryId, SubjectRef, UntitledMedia, UserId } from '@tintype/contract'
import type { Tx } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { LookedAt, Moderated } from '../subject.ts'
import type { StoriesReader } from './reader.ts'
import { setRemoved } from './store.ts'

export interface ModeratedDeps {
  outbox: Pick<Outbox, 'append'>
  reader: Pick<StoriesReader, 'records'>
  media: { reviewed(ids: readonly MediaId[]): Promise<Map<MediaId, UntitledMedia>> }
  members: { usernames(ids: readonly UserId[]): Promise<Map<UserId, string>> }
}

const idOf = ({ id }: SubjectRef) => id as StoryId

/** What moderators do with stories. One whose time is over is gone by itself. */
export function moderatedStories({ outbox, reader, media, members }: ModeratedDeps): Moderated {
  const change = async (tx: Tx, subject: SubjectRef, removed: boolean): Promise<boolean> => {
    const story = await setRemoved(tx, idOf(subject), removed)
    if (!story) return false
    const { story_id, author_id } = story
    const type = removed ? 'story.removed' : 'story.restored'
    await outbox.append(tx, [{ type, payload: { story_id, author_id } }])
    return true
  }
  return {
    async look(subjects) {
      const stories = [...(await reader.records(subjects.map(idOf))).values()]
      const [pictures, names] = await Promise.all([
        media.reviewed(stories.map((story) => story.media_id)),
        members.usernames(stories.map((story) => story.author_id)),
      ])
      return new Map(
        stories.map(({ story_id, author_id, media_id, alt_text, status }): [string, LookedAt] => {
          const picture = pictures.get(media_id)
          return [
            story_id,
            {
              member_id: author_id,
              text: '',
              media: picture ? [{ ...picture, alt_text }] : [],
              address: `/stories/${names.get(author_id) ?? ''}/${story_id}`,
              sensitive: false,
              removed: status === 'removed',
            },
          ]
        }),
      )
    },
    remove: (tx, subject) => change(tx, subject, true),
    restore: (tx, subject) => change(tx, subject, false),
  }
}
