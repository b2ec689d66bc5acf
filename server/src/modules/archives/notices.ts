import { type Events, type ExportId, exportSubject, type UserId } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import { begins, ends, factOf, type Notices } from '../notice.ts'
import { ownKind } from '../own-kind.ts'
import type { SubjectKind } from '../subject.ts'
import type { ArchiveDeps } from './deps.ts'
import { readyExports } from './export-store.ts'

const factFor = ({ user_id, export_id }: Events['export.finished']) =>
  factOf('archive', user_id, user_id, exportSubject(user_id, export_id))

/** That an archive is there, for as long as it is. */
export const archiveNotices = ({ db }: { db: Db }): Notices => ({
  on: {
    'export.finished': (e) => begins(factFor(e)),
    'export.removed': (e) => ends(factFor(e)),
  },
  faceless: ['archive'],
  // A mail tells of it outside of the app.
  pushes: {},
  async stillTrue(facts) {
    const ours = facts.filter(({ subject }) => subject.kind === 'export')
    const ready = await readyExports(
      db.query,
      ours.map(({ subject }) => subject.partition as UserId),
      ours.map(({ subject }) => subject.id as ExportId),
    )
    return ours.filter(({ subject }) => ready.has(subject.id as ExportId))
  },
})

/** Archives, as notices point at them. */
export const exportKind = ({ db, people }: Pick<ArchiveDeps, 'db' | 'people'>): SubjectKind =>
  ownKind('export', {
    people,
    address: '/settings/data',
    standing: (member, ids) =>
      readyExports(
        db.query,
        ids.map(() => member),
        ids as ExportId[],
      ),
  })
