import { ImportId, Nullable, Timestamp, Type } from '@tintype/contract'
import { sql } from 'kysely'
import type { Db } from '../../engines/db/port.ts'
import { type PersonalData, rowsSection } from '../personal.ts'

const tables: PersonalData['tables'] = {
  imports: {
    holds:
      'archives that a member brings along; the archive itself stands in the object store until it is imported',
    kept: '30 days; what did not arrive whole, a day',
    told: ['imports'],
  },
  import_items: {
    holds: 'what is in such an archive: captions, times, names of files, and what became of each',
    kept: 'as long as the import',
    untold: 'passes by itself; what became of it is in the archive',
  },
  imported_things: {
    holds: 'which posts were brought along, by a hash of their files',
    kept: 'until the account is deleted',
    untold: 'hashes, kept so that nothing is imported twice',
  },
  awaited_things: { holds: 'which import waits for which post', kept: 'minutes', untold: 'passes by itself' },
}

export const importsData = (db: Db): PersonalData => ({
  tables,
  sections: [
    rowsSection(db, {
      file: 'imports',
      about: 'Archives that you have brought along lately',
      entry: {
        import_id: ImportId,
        state: Type.String(),
        source: Nullable(Type.String()),
        created_at: Timestamp,
      },
      select: (member) => sql`
        select import_id as key, import_id, state, source, created_at
        from imports where user_id = ${member} and state <> 'removed'`,
    }),
  ],
})
