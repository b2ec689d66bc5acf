import type { SubjectRef, UserId } from '@tintype/contract'
import type { People } from '../views/people.ts'
import type { SubjectKind, SubjectPreview } from './subject.ts'

interface OwnThings {
  people: Pick<People, 'summaries'>
  /** The page where they are looked after. */
  address: string
  /** Those of the ids that are the member's, and of which they are to know. */
  standing(member: UserId, ids: readonly string[]): Promise<ReadonlySet<string>>
}

/** Things that notices point at and that are for their member alone; they have no page, and nothing of them is shown. */
export const ownKind = (kind: string, { people, address, standing }: OwnThings): SubjectKind => ({
  kind,
  visible: (viewerId, subjects) =>
    viewerId === null ? Promise.resolve(new Set()) : standing(viewerId, idsOf(subjects)),
  async previews(viewerId, subjects) {
    const author = viewerId && (await people.summaries([viewerId])).get(viewerId)
    if (!author) return new Map()
    const ids = await standing(viewerId, idsOf(subjects))
    const shown = { type: 'article' as const, address, author, text: '', picture: null }
    return new Map(
      subjects
        .filter(({ id }) => ids.has(id))
        .map((subject): [string, SubjectPreview] => [subject.id, { subject, ...shown }]),
    )
  },
})

const idsOf = (subjects: readonly SubjectRef[]) => subjects.map(({ id }) => id)
