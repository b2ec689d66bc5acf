import type { UserId } from '../core/schema.ts'
import type { SubjectRef } from '../core/subject.ts'
import type { ExportId, ImportId } from './schemas.ts'

/** An archive of a member's data, as they are told of it. */
export const exportSubject = (member: UserId, id: ExportId): SubjectRef => ({
  kind: 'export',
  id,
  partition: member,
})

/** What a member brought along, as they are told of it. */
export const importSubject = (member: UserId, id: ImportId): SubjectRef => ({
  kind: 'import',
  id,
  partition: member,
})
