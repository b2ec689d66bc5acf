import type { StoryId } from '../core/schema.ts'
import type { SubjectRef } from '../core/subject.ts'

export const storySubject = (id: StoryId): SubjectRef<'story'> => ({ kind: 'story', id, partition: id })
