import type { UserId, ViewingChoices } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'

export async function readViewing(db: Sql, userId: UserId): Promise<ViewingChoices | undefined> {
  const { rows } = await sql<ViewingChoices>`
    select sensitive, muted_words from viewing_choices where user_id = ${userId}`.execute(db)
  return rows[0]
}

/** What `change` leaves out stays, or is as `unset` says. */
export async function changeViewing(
  tx: Tx,
  userId: UserId,
  change: Partial<ViewingChoices>,
  unset: ViewingChoices,
): Promise<ViewingChoices> {
  const first = { ...unset, ...change }
  const kept = (name: keyof ViewingChoices) =>
    change[name] === undefined ? sql.ref(`viewing_choices.${name}`) : sql.ref(`excluded.${name}`)
  const { rows } = await sql<ViewingChoices>`
    insert into viewing_choices (user_id, sensitive, muted_words)
    values (${userId}, ${first.sensitive}, ${first.muted_words}::text[])
    on conflict (user_id) do update set sensitive = ${kept('sensitive')}, muted_words = ${kept('muted_words')}
    returning sensitive, muted_words`.execute(tx)
  return rows[0] as ViewingChoices
}

export async function dropViewing(db: Sql, userId: UserId): Promise<void> {
  await sql`delete from viewing_choices where user_id = ${userId}`.execute(db)
}
