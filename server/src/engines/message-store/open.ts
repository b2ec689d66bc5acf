import type { Db } from '../db/port.ts'
import type { MessageStore } from './port.ts'

/** In the database. */
export async function openMessageStore(db: Db): Promise<MessageStore> {
  const { openPostgresMessageStore } = await import('./postgres/message-store.ts')
  return openPostgresMessageStore(db)
}
