import { ExportId, Nullable, Timestamp, Type } from '@tintype/contract'
import { sql } from 'kysely'
import type { Db } from '../../engines/db/port.ts'
import { type PersonalData, rowsSection } from '../personal.ts'
import { engineTables } from './engine-tables.ts'

const tables: PersonalData['tables'] = {
  ...engineTables,
  exports: {
    holds: 'archives of a member’s data; the archive itself stands in the object store',
    kept: '7 days unless set; an hour more after it was deleted',
    told: ['exports'],
  },
  export_pieces: {
    holds: 'what such an archive is made of: names of files',
    kept: 'as long as the archive',
    untold: 'says what is in the archive',
  },
}

export const archivesData = (db: Db): PersonalData => ({
  tables,
  sections: [
    rowsSection(db, {
      file: 'exports',
      about: 'Archives of your data that you have asked for, and that are not deleted',
      entry: {
        export_id: ExportId,
        state: Type.String(),
        created_at: Timestamp,
        finished_at: Nullable(Timestamp),
      },
      select: (member) => sql`
        select export_id as key, export_id, state, created_at, finished_at
        from exports where user_id = ${member} and state <> 'removed'`,
    }),
  ],
})
