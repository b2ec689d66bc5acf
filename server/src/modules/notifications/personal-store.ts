import { Timestamp, Type } from '@tintype/contract'
import { sql } from 'kysely'
import type { Db } from '../../engines/db/port.ts'
import { derived, named, type PersonalData, rowsSection } from '../personal.ts'

const FACT = 'until what it tells of has ended, or one of the two accounts is deleted'

const tables: PersonalData['tables'] = {
  notifications: { holds: 'what a member was told of: who did what', kept: FACT, told: ['notifications'] },
  notification_groups: derived('notices that are told as one, and whether they were read', FACT),
}

export const notificationsData = (db: Db): PersonalData => ({
  tables,
  sections: [
    rowsSection(db, {
      file: 'notifications',
      about: 'What you were told of',
      entry: {
        type: Type.String(),
        ...named,
        subject_kind: Type.String(),
        subject_id: Type.String(),
        created_at: Timestamp,
      },
      select: (member) => sql`
        select notification_id as key, type, actor_id as user_id, subject_kind, subject_id, created_at
        from notifications where user_id = ${member} and withdrawn_at is null`,
    }),
  ],
})
