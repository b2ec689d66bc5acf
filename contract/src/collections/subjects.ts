import type { SubjectRef } from '../core/subject.ts'
import type { CollectionId } from './schemas.ts'

export const collectionSubject = (id: CollectionId): SubjectRef<'collection'> => ({
  kind: 'collection',
  id,
  partition: id,
})
