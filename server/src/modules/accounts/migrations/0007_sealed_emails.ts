import type { CodeMigration, MigrationConnection } from '../../../engines/db/port.ts'
import { newId } from '../../../kit/ids.ts'
import type { Vault } from '../../../kit/vault.ts'
import { emailUses } from '../email-uses.ts'

const AT_ONCE = 1000

type Row = { email: string; user_id: string; link_id: string }

interface ClearColumn {
  table: string
  /** Of its primary key, in order. */
  key: readonly (keyof Row)[]
  kept(vault: Vault, row: Row): string
}

const columns: readonly ClearColumn[] = [
  {
    table: 'users',
    key: ['user_id'],
    kept: (vault, { email, user_id }) => vault.seal(email, emailUses.own(user_id)),
  },
  { table: 'emails', key: ['email'], kept: (vault, { email }) => vault.index(email, emailUses.index) },
  {
    table: 'email_changes',
    key: ['user_id'],
    kept: (vault, { email, user_id }) => vault.seal(email, emailUses.wanted(user_id)),
  },
  {
    table: 'account_links',
    key: ['user_id', 'link_id'],
    kept: (vault, { email, user_id, link_id }) => vault.seal(email, emailUses.mailedTo(user_id, link_id)),
  },
]

/**
 * Seals the addresses that stand in clear text, some at a time, each some in a statement of its own. At the end, with the tables to itself, those
 * that a server of before has written meanwhile; from then on the database takes none with an @ in it.
 */
export const run: CodeMigration = async (connection, vault) => {
  if (await isDone(connection)) return
  for (const column of columns) await sealColumn(connection, column, vault)
  await connection.rows('begin')
  await connection.rows('lock table users, emails, email_changes, account_links in share row exclusive mode')
  for (const column of columns) await sealColumn(connection, column, vault)
  await sealFacts(connection, vault)
  await connection.rows(`
    alter table emails rename column email to email_index;
    alter table users add check (strpos(email, '@') = 0);
    alter table emails add check (strpos(email_index, '@') = 0);
    alter table email_changes add check (strpos(email, '@') = 0);
    alter table account_links add check (strpos(email, '@') = 0)`)
  await connection.rows('commit')
}

async function isDone({ rows }: MigrationConnection): Promise<boolean> {
  const found = await rows(`
    select from information_schema.columns
    where table_schema = current_schema() and table_name = 'emails' and column_name = 'email_index'`)
  return found.length > 0
}

async function sealColumn(
  { rows }: MigrationConnection,
  { table, key, kept }: ClearColumn,
  vault: () => Vault,
): Promise<void> {
  const names = key.join(', ')
  const types = key.map((name) => (name === 'email' ? 'text' : 'uuid'))
  const arrays = types.map((type, at) => `$${at + 3}::${type}[]`).join(', ')
  let last: Row | undefined
  for (;;) {
    const after = last && `and (${names}) > (${types.map((type, at) => `$${at + 1}::${type}`).join(', ')})`
    const found: Row[] = await rows(
      `select ${[...new Set(['email', ...key])].join(', ')} from ${table}
       where strpos(email, '@') > 0 ${after ?? ''} order by ${names} limit ${AT_ONCE}`,
      last && key.map((name) => last?.[name]),
    )
    if (found.length === 0) return
    await rows(
      `update ${table} set email = sealed.kept
       from unnest($1::text[], $2::text[], ${arrays}) as sealed (was, kept, ${key.map((name) => `k_${name}`).join(', ')})
       where ${table}.email = sealed.was and ${key.map((name) => `${table}.${name} = sealed.k_${name}`).join(' and ')}`,
      [
        found.map(({ email }) => email),
        found.map((row) => kept(vault(), row)),
        ...key.map((name) => found.map((row) => row[name])),
      ],
    )
    last = found.at(-1)
  }
}

const LOGS = ['events', 'event_parked', 'event_dead_letters']

/** Facts had the former address in them; now it stands apart. */
async function sealFacts({ rows }: MigrationConnection, vault: () => Vault): Promise<void> {
  const type = 'user.email_changed'
  const facts = await rows<{ seq: string; at: Date; user_id: string; was: string }>(
    `select distinct on (seq) seq, at, payload->>'user_id' as user_id, payload->>'was' as was
     from (${LOGS.map((log) => `select seq, at, type, payload from ${log}`).join(' union all ')}) as facts
     where type = $1 and payload->>'was' is not null order by seq`,
    [type],
  )
  for (const { seq, at, user_id, was } of facts) {
    const change_id = newId<string>()
    await rows('insert into former_emails (user_id, change_id, email, changed_at) values ($1, $2, $3, $4)', [
      user_id,
      change_id,
      vault().seal(was, emailUses.former(user_id, change_id)),
      at,
    ])
    for (const log of LOGS)
      await rows(`update ${log} set payload = $1::json where seq = $2 and type = $3`, [
        JSON.stringify({ user_id, change_id }),
        seq,
        type,
      ])
  }
}
