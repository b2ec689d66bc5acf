import { type StoryId, type SubjectRef, storySubject } from '@tintype/contract'
import type { JudgeSubjects, Moderated, SubjectKind, SubjectPreview } from '../subject.ts'
import { expiryOf } from './policy.ts'
import type { StoriesReader } from './reader.ts'
import type { ShowDeps, StoryShow } from './show.ts'

const idsOf = (subjects: readonly SubjectRef[]) => subjects.map(({ id }) => id as StoryId)

/** Stories, as others point at them. Their pictures are asked for anew at each fetch, so that they end at the second. */
export function storyKind(
  reader: Pick<StoriesReader, 'visible'>,
  show: Pick<StoryShow, 'pictures'>,
  people: ShowDeps['people'],
  moderated: Moderated,
): SubjectKind {
  const visible: JudgeSubjects = async (viewerId, subjects) =>
    new Set((await reader.visible(viewerId, idsOf(subjects))).keys())
  return {
    kind: 'story',
    visible,
    async previews(viewerId, subjects) {
      const stories = [...(await reader.visible(viewerId, idsOf(subjects))).values()]
      if (viewerId === null || stories.length === 0) return new Map()
      const [pictures, authors] = await Promise.all([
        show.pictures(viewerId, stories),
        people.summaries([...new Set(stories.map((story) => story.author_id))]),
      ])
      return new Map(
        stories.flatMap(({ story_id, author_id }): [string, SubjectPreview][] => {
          const author = authors.get(author_id)
          if (!author) return []
          const address = `/stories/${author.username}/${story_id}`
          const shown = { type: 'article' as const, address, author, text: '' }
          const picture = pictures.get(story_id) ?? null
          return [[story_id, { subject: storySubject(story_id), ...shown, picture }]]
        }),
      )
    },
    media: { story: { access: visible, until: ({ id }) => expiryOf(id as StoryId) } },
    moderated,
    ends: { 'story.deleted': ({ story_id }) => [storySubject(story_id)] },
  }
}
