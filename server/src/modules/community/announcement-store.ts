import type { AnnouncementId } from '@tintype/contract'
import type { Sql, Tx } from '../../engines/db/port.ts'

export interface AnnouncementRow {
  announcement_id: AnnouncementId
  text: string
}

const tables = (db: Sql | Tx) => db.withTables<{ announcements: AnnouncementRow }>()

/** False where it was made already. */
export async function insertAnnouncement(tx: Tx, row: AnnouncementRow): Promise<boolean> {
  const made = await tables(tx)
    .insertInto('announcements')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('announcement_id')
    .executeTakeFirst()
  return made !== undefined
}

export async function deleteAnnouncement(tx: Tx, id: AnnouncementId): Promise<boolean> {
  const gone = await tables(tx)
    .deleteFrom('announcements')
    .where('announcement_id', '=', id)
    .returning('announcement_id')
    .executeTakeFirst()
  return gone !== undefined
}

export function readAnnouncements(db: Sql, ids: readonly AnnouncementId[]): Promise<AnnouncementRow[]> {
  return tables(db).selectFrom('announcements').selectAll().where('announcement_id', 'in', ids).execute()
}

/** Newest first. */
export function pageAnnouncements(
  db: Sql,
  before: AnnouncementId | undefined,
  limit: number,
): Promise<AnnouncementRow[]> {
  return tables(db)
    .selectFrom('announcements')
    .selectAll()
    .$if(before !== undefined, (page) => page.where('announcement_id', '<', before as AnnouncementId))
    .orderBy('announcement_id', 'desc')
    .limit(limit)
    .execute()
}
