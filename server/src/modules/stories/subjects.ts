import { type StoryId, storySubject } from '@tintype/contract'
import type { JudgeSubjects, SubjectKind } from '../subject.ts'
import { expiryOf } from './policy.ts'
import type { StoriesReader } from './reader.ts'

/** Stories, as others point at them. Their pictures are asked for anew at each fetch, so that they end at the second. */
export function storyKind(reader: Pick<StoriesReader, 'visible'>): SubjectKind {
  const visible: JudgeSubjects = async (viewerId, subjects) =>
    new Set(
      (
        await reader.visible(
          viewerId,
          subjects.map(({ id }) => id as StoryId),
        )
      ).keys(),
    )
  return {
    kind: 'story',
    visible,
    media: { story: { access: visible, until: ({ id }) => expiryOf(id as StoryId) } },
    ends: { 'story.deleted': ({ story_id }) => [storySubject(story_id)] },
  }
}
