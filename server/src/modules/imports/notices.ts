import { type ImportId, importSubject } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import { begins, factOf, type Notices } from '../notice.ts'
import { ownKind } from '../own-kind.ts'
import type { SubjectKind } from '../subject.ts'
import type { ImportDeps } from './deps.ts'
import { doneImports } from './import-store.ts'

/** That all of what a member brought along is there. */
export const importNotices = ({ db }: { db: Db }): Notices => ({
  on: {
    'import.finished': ({ user_id, import_id }) =>
      begins(factOf('import', user_id, user_id, importSubject(user_id, import_id))),
  },
  faceless: ['import'],
  pushes: {},
  async stillTrue(facts) {
    const ours = facts.filter(({ type }) => type === 'import')
    const done = await doneImports(
      db.query,
      ours.map(({ user_id }) => user_id),
      ours.map(({ subject }) => subject.id as ImportId),
    )
    return ours.filter(({ subject }) => done.has(subject.id))
  },
})

/** Imports, as notices point at them. */
export const importKind = ({ db, people }: Pick<ImportDeps, 'db' | 'people'>): SubjectKind =>
  ownKind('import', {
    people,
    address: '/settings/data',
    standing: (member, ids) =>
      doneImports(
        db.query,
        ids.map(() => member),
        ids as ImportId[],
      ),
  })
