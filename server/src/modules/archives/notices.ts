import { type Events, type ExportId, exportSubject, type UserId } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import { begins, ends, factOf, type Notices } from '../notice.ts'
import type { SubjectKind, SubjectPreview } from '../subject.ts'
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

/** Archives, as notices point at them: for their member alone. */
export const exportKind = ({ db, people }: Pick<ArchiveDeps, 'db' | 'people'>): SubjectKind => ({
  kind: 'export',
  async visible(viewerId, subjects) {
    const own = subjects.filter(({ partition }) => partition === viewerId)
    const ids = own.map(({ id }) => id as ExportId)
    return viewerId === null
      ? new Set<string>()
      : readyExports(
          db.query,
          own.map(() => viewerId),
          ids,
        )
  },
  async previews(viewerId, subjects) {
    const author = viewerId && (await people.summaries([viewerId])).get(viewerId)
    const ready = await this.visible(viewerId, subjects)
    if (!author) return new Map()
    return new Map(
      subjects
        .filter(({ id }) => ready.has(id))
        .map((subject): [string, SubjectPreview] => {
          const shown = {
            type: 'article' as const,
            address: '/settings/data',
            author,
            text: '',
            picture: null,
          }
          return [subject.id, { subject, ...shown }]
        }),
    )
  },
})
