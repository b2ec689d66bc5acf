import { event } from '../core/events.ts'
import type { UserId } from '../core/schema.ts'
import type { ExportId, ImportId } from './schemas.ts'

export const archiveEvents = {
  'export.requested': event<{ export_id: ExportId; user_id: UserId }>((e) => e.user_id),
  /** It can be downloaded. */
  'export.finished': event<{ export_id: ExportId; user_id: UserId }>((e) => e.user_id),
  /** All of it has arrived. */
  'import.sent': event<{ import_id: ImportId; user_id: UserId }>((e) => e.user_id),
  /** There is something of it to be imported, and room for it. */
  'import.due': event<{ import_id: ImportId; user_id: UserId }>((e) => e.user_id),
  /** All that could be taken over is there. */
  'import.finished': event<{ import_id: ImportId; user_id: UserId }>((e) => e.user_id),
  /** By its member, or as its time was over. */
  'export.removed': event<{ export_id: ExportId; user_id: UserId }>((e) => e.user_id),
}
