import type { SecuritySettings } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'

export async function readSettings(db: Sql): Promise<SecuritySettings> {
  const { rows } =
    await sql<SecuritySettings>`select only_listed, challenge from security_settings where id = 1`.execute(db)
  const [settings] = rows
  if (!settings) throw new Error('the security settings have no row')
  return settings
}

export async function writeSettings(tx: Tx, { only_listed, challenge }: SecuritySettings): Promise<void> {
  await sql`update security_settings set only_listed = ${only_listed}, challenge = ${challenge} where id = 1`.execute(
    tx,
  )
}
