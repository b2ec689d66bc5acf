import { Person, startSystem, type TestSystem } from '@tintype/testkit'
import { rowsWith } from '@tintype/testkit/clear-text'
import { openSql, type Sql } from '@tintype/testkit/sql'
import { expect, test } from 'vitest'
import { migrate } from '../../engines/db/postgres/migrate.ts'
import { createVault, type Vault } from '../../kit/vault.ts'

const NAME = 'accounts/0007_sealed_emails.ts'
const DOMAINS = ['@example.org', '@example.net']

/** As a Tintype of before has left it: addresses as they were typed. */
async function unseal(sql: Sql, people: readonly Person[]): Promise<void> {
  await sql.unsafe(`
    alter table emails rename column email_index to email;
    alter table users drop constraint users_email_check;
    alter table emails drop constraint emails_email_index_check;
    alter table email_changes drop constraint email_changes_email_check;
    alter table account_links drop constraint account_links_email_check;
    delete from emails;
    delete from vault_keys`)
  for (const { id, username } of people) {
    const email = `${username}@example.org`
    await sql`update users set email = ${email} where user_id = ${id}`
    await sql`insert into emails (email, user_id) values (${email}, ${id})`
    await sql`update account_links set email = ${email} where user_id = ${id}`
    await sql`update email_changes set email = ${`${username}@example.net`} where user_id = ${id}`
  }
  await sql`delete from schema_migrations where name = ${NAME}`
}

/** Ends at its nth use, as if the process were killed there. */
function dying(vault: Vault, uses: number): Vault {
  let left = uses
  const guarded =
    <Arguments extends string[]>(work: (...words: Arguments) => string) =>
    (...words: Arguments) => {
      if (left-- === 0) throw new Error('killed')
      return work(...words)
    }
  return { ...vault, seal: guarded(vault.seal), index: guarded(vault.index) }
}

const code = (work: Promise<unknown>) =>
  work.then(
    () => 'fine',
    (error) => error.code,
  )
const mailsAt = async (system: TestSystem, address: string) => {
  await system.settle()
  const mails = (await system.engines.mailFolder?.list(100)) ?? []
  return mails.filter(({ to }) => to === address)
}

test('addresses of before are sealed, wherever it is ended meanwhile, and good for all that they were good for', async () => {
  await using system = await startSystem()
  const [ana, ben, cleo] = await system.people('ana', 'ben', 'cleo')
  await system.settle()
  await ben.prove()
  await ben.api.accounts.changeEmail({ body: { email: 'ben@example.net' } })
  const { databaseUrl, secret } = system.system.config
  const sql = openSql(databaseUrl, { max: 1 })
  await unseal(sql, [ana, ben, cleo])
  // A fact that nobody has handled: cleo had another address.
  const was = { user_id: cleo.id, was: 'cleo.before@example.org' }
  await sql`
    insert into event_dead_letters (group_id, seq, share, key, type, payload, at, attempts, error, failed_at)
    select group_id, 1, 0, ${cleo.id}, 'user.email_changed', ${sql.json(was)}, now(), 1, '', now()
    from event_groups where name = 'accounts.mails'`
  expect((await rowsWith(databaseUrl, DOMAINS)).length).toBeGreaterThan(10)

  const vault = createVault(secret)
  for (let uses = 0; ; uses++) {
    expect(uses).toBeLessThan(100)
    const outcome = await migrate(databaseUrl, { vault: () => dying(vault, uses) }).catch(
      ({ cause }: Error) => (cause as Error).message,
    )
    if (outcome !== 'killed') {
      expect(outcome).toEqual([NAME])
      break
    }
  }
  // It died behind its last line, and before the note that it was done.
  await sql`delete from schema_migrations where name = ${NAME}`
  expect(await migrate(databaseUrl)).toEqual([NAME])
  expect(await rowsWith(databaseUrl, DOMAINS)).toEqual([])

  const api = system.visitor().api.accounts
  const logIn = (login: string) => code(api.login({ body: { login, password: Person.password } }))
  expect(await logIn('ANA@example.org')).toBe('fine')
  expect(await logIn('ana@example.net')).toBe('credentials_wrong')
  expect(await ana.api.members.me()).toMatchObject({ email: 'ana@example.org' })
  expect(await ben.api.members.me()).toMatchObject({
    email: 'ben@example.org',
    email_pending: 'ben@example.net',
  })
  const again = { username: 'another', email: 'cleo@example.org', password: Person.password }
  expect(await code(api.register({ body: again }))).toBe('email_taken')
  const [link] = await mailsAt(system, 'ana@example.org')
  const [, token = ''] = /token=([\w.%-]+)/.exec(link?.text ?? '') ?? []
  expect(await code(api.verifyEmail({ body: { token: decodeURIComponent(token) } }))).toBe('fine')
  expect(await system.engines.events.replay({ group: 'accounts.mails' })).toBe(1)
  expect((await mailsAt(system, 'cleo.before@example.org')).map(({ subject }) => subject)).toEqual([
    expect.stringContaining('Your address was changed'),
  ])
  await sql.end()
})

test('what is to be sealed without a key is left as it is', async () => {
  await using system = await startSystem()
  const [ana] = await system.people('ana')
  const sql = openSql(system.system.config.databaseUrl, { max: 1 })
  await unseal(sql, [ana])
  await expect(migrate(system.system.config.databaseUrl)).rejects.toThrow(/no key: set SECRET/)
  expect(await sql`select email from users`).toEqual([{ email: 'ana@example.org' }])
  await sql.end()
})
