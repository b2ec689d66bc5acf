import { memberSubject } from '@tintype/contract'
import { Person, startSystem, type TestSystem } from '@tintype/testkit'
import { totpCode } from '@tintype/testkit/authenticator'
import { rowsWith } from '@tintype/testkit/clear-text'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { proveAddress } from './modules/archives/archive.suite.ts'

const code = (work: Promise<unknown>) =>
  work.then(
    () => 'fine',
    (error) => error.code ?? error.message,
  )
const KEY_2 = '2:the second key of these tests is long enough'.replaceAll(' ', '-')
const OTHER_SECRET = 'another secret for tests, long enough as well'

const urlOf = ({ system }: TestSystem) => system.config.databaseUrl
const logIn = ({ baseUrl }: TestSystem, login: string) =>
  code(new Person(baseUrl, 'visitor').api.accounts.login({ body: { login, password: Person.password } }))
const register = ({ baseUrl }: TestSystem, username: string, email: string) =>
  code(
    new Person(baseUrl, 'visitor').api.accounts.register({
      body: { username, email, password: Person.password },
    }),
  )

async function mailsAt(system: TestSystem, address: string) {
  await system.settle()
  return ((await system.engines.mailFolder?.list(100)) ?? []).filter(({ to }) => to === address)
}
/** Of the link by which an address says yes to a change. */
async function tokenAt(system: TestSystem, address: string): Promise<string> {
  const texts = (await mailsAt(system, address)).map(({ text }) => text)
  const [token = ''] = texts.flatMap((text) => /confirm-email\?token=([\w.%-]+)/.exec(text)?.[1] ?? [])
  return decodeURIComponent(token)
}

/** All that members do with addresses; one change is made, another waits. */
async function liveThrough(system: TestSystem, [ana, ben]: readonly [Person, Person]): Promise<void> {
  for (const one of [ana, ben]) await proveAddress(system, one)
  const visitor = system.visitor().api.accounts
  for (const login of ['ana@example.org', 'BEN@example.org', 'nobody@example.org'])
    await visitor.forgotPassword({ body: { login } })
  expect(await logIn(system, 'Ana@Example.org')).toBe('fine')
  for (const login of ['ana@example.org', 'nobody@example.org'])
    expect(await code(visitor.login({ body: { login, password: 'a wrong one' } }))).toBe('credentials_wrong')
  for (const one of [ana, ben]) {
    await one.prove()
    await one.api.accounts.changeEmail({ body: { email: `${one.username}@example.net` } })
  }
  for (const address of ['ana@example.org', 'ana@example.net'])
    await visitor.confirmEmail({ body: { token: await tokenAt(system, address) } })
  const { secret } = await ana.api.factors.beginTotp()
  await ana.api.factors.confirmTotp({ body: { code: totpCode(secret, system.clock.now()) } })
  await ben.api.factors.beginTotp()
  await system.settle()
}

test('no table has an address in clear text, and what is sealed is declared by its module', async () => {
  await using system = await startSystem()
  const [olga, ana, ben] = await system.people('olga', 'ana', 'ben')
  await liveThrough(system, [ana, ben])
  await olga.api.community.invite()
  await ben.api.reports.create({ body: { ...memberSubject(ana.id), reason: 'spam' } })
  await ben.api.exports.create()
  await system.settle()
  expect(await ana.api.members.me()).toMatchObject({ email: 'ana@example.net', email_pending: null })
  expect(await ben.api.members.me()).toMatchObject({
    email: 'ben@example.org',
    email_pending: 'ben@example.net',
  })
  const told = (await mailsAt(system, 'ana@example.org')).map(({ subject }) => subject)
  expect(told).toContainEqual(expect.stringContaining('Your address was changed'))
  expect(await rowsWith(urlOf(system), ['@example.org', '@example.net'])).toEqual([])

  const { query } = system.engines.db
  const { rows: tables } = await sql<{ name: string; key: string[] }>`
    select c.relname as name, (
      select array_agg(a.attname::text) from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
      where i.indrelid = c.oid and i.indisprimary) as key
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`.execute(query)
  const looksSealed: string[] = []
  for (const { name } of tables) {
    const { rows } = await sql<{ column: string }>`
      select distinct cell.name as column from ${sql.table(name)} as t, jsonb_each(to_jsonb(t)) as cell (name, value)
      where cell.value::text ~ '"[0-9]+[.][A-Za-z0-9_-]{38,}"'`.execute(query)
    looksSealed.push(...rows.map(({ column }) => `${name}.${column}`))
  }
  const declared = system.system.sealed
  expect(declared.map(({ table, column }) => `${table}.${column}`).sort()).toEqual(looksSealed.sort())
  for (const { table, key } of declared)
    expect(Object.keys(key).sort()).toEqual(tables.find(({ name }) => name === table)?.key.sort())
})

test('a new key is brought in while servers write, and the one before taken away when nothing needs it', async () => {
  // All processes have the key before the first seals with it.
  await using first = await startSystem({ env: { VAULT_KEYS: `${KEY_2}:opens` } })
  const [olga, ana, ben] = await first.people('olga', 'ana', 'ben')
  await liveThrough(first, [ana, ben])
  await using second = await startSystem({ beside: first, env: { VAULT_KEYS: KEY_2 } })
  const { sealing } = second.system

  // One address, at both at once, while each writes by another key.
  const both = await Promise.all([
    register(first, 'cleo', 'cleo@example.org'),
    register(second, 'cleopatra', 'CLEO@example.org'),
  ])
  expect(both.sort()).toEqual(['email_taken', 'fine'])
  expect(await register(second, 'ana.again', 'ana@example.net')).toBe('email_taken')
  expect(await register(second, 'ana.again', 'ana@example.org')).toBe('fine')
  expect(await register(first, 'ana.once.more', 'ana@example.org')).toBe('email_taken')

  // Ended in the middle, and begun again, with members who come in meanwhile.
  await expect(
    sealing.renew(({ name }) => {
      if (name === 'emails.email_index') throw new Error('killed')
    }),
  ).rejects.toThrow('killed')
  expect(await sealing.unused()).toEqual([])
  const done: Record<string, number> = {}
  const comers = ['dora', 'emil', 'fred'].map((name) => register(second, name, `${name}@example.org`))
  await sealing.renew(({ name, renewed, unreadable }) => {
    expect([name, unreadable]).toEqual([name, 0])
    done[name] = renewed
  })
  expect(await Promise.all(comers)).toEqual(['fine', 'fine', 'fine'])
  expect(done).toMatchObject({ 'users.email': 0, 'email_changes.email': 1, 'former_emails.email': 1 })
  expect(done['account_links.email']).toBeGreaterThan(0)
  expect(done['totp_secrets.secret']).toBe(1)
  expect(await sealing.unused()).toEqual([1])
  await sealing.renew(({ name, renewed }) => expect([name, renewed]).toEqual([name, 0]))

  for (const system of [first, second]) {
    expect(await logIn(system, 'ben@example.org')).toBe('fine')
    expect(await logIn(system, 'ana@example.net')).toBe('second_factor_required')
    expect(await code(olga.api.members.me())).toBe('fine')
  }
  // What the first writes still goes by the key of before, which therefore cannot be taken away.
  expect(await register(first, 'gina', 'gina@example.org')).toBe('fine')
  expect(await sealing.unused()).toEqual([])
  const beside = { beside: first, env: { VAULT_KEYS: KEY_2, SECRET: OTHER_SECRET } }
  await expect(startSystem(beside)).rejects.toThrow(/^Key 1 \(of SECRET\) is not the one that users.email/)
  await sealing.renew(() => {})
  await using third = await startSystem(beside)
  expect(await logIn(third, 'gina@example.org')).toBe('fine')
  expect(await logIn(third, 'ana@example.net')).toBe('second_factor_required')
  await expect(startSystem({ beside: first })).rejects.toThrow(/^There is no key 2, and users.email/)
})

test('where a key is lost for good, what only it could open is given up, and members go on by their names', async () => {
  // Whose database it is, and nobody's worker.
  await using other = await startSystem({ env: { SECRET: OTHER_SECRET, ROLES: 'api' } })
  const before = await startSystem({ beside: other })
  const [, ana, ben] = await before.people('olga', 'ana', 'ben')
  await liveThrough(before, [ana, ben])
  expect(await before.system.sealing.has(1)).toBe(true)
  await before[Symbol.asyncDispose]()
  const beside = { beside: other, env: { SECRET: OTHER_SECRET } }
  await expect(startSystem(beside)).rejects.toThrow(/^Key 1 \(of SECRET\) is not the one/)
  const { sealing } = other.system
  expect(await sealing.has(1)).toBe(false)
  const taken: Record<string, number> = {}
  await sealing.giveUp(1, (name, rows) => {
    taken[name] = rows
  })
  expect(taken).toMatchObject({ 'users.email': 3, 'emails.email_index': 3, 'totp_secrets.secret': 1 })
  await using after = await startSystem(beside)
  expect(await logIn(after, 'ben@example.org')).toBe('credentials_wrong')
  expect(await logIn(after, 'ben')).toBe('fine')
  const api = new Person(after.baseUrl, 'visitor').api.accounts
  const session = await api.login({ body: { login: 'ana', password: Person.password } })
  const again = new Person(after.baseUrl, 'ana', session)
  expect(await again.api.members.me()).toMatchObject({ email: '', email_pending: null })
  await again.api.accounts.askVerification()
  await again.prove()
  const asked = await again.api.accounts.changeEmail({ body: { email: 'ana.new@example.org' } })
  expect(asked.waiting_for).toEqual(['new'])
  const token = await tokenAt(after, 'ana.new@example.org')
  expect((await api.confirmEmail({ body: { token } })).waiting_for).toEqual([])
  await after.settle()
  expect(await logIn(after, 'ana.new@example.org')).toBe('fine')
  await again.leave()
  await after.settle()
  expect(await register(after, 'ana.two', 'ana.new@example.org')).toBe('fine')
})

test('an address that was put into another row is not taken for its own, and stays where it is', async () => {
  await using system = await startSystem()
  const [, ana, ben] = await system.people('olga', 'ana', 'ben')
  const { query } = system.engines.db
  await sql`
    update users set email = other.email from users as other
    where users.user_id = ${ben.id} and other.user_id = ${ana.id}`.execute(query)
  expect(await code(ben.api.members.me())).toBe('internal')
  expect(await code(ana.api.members.me())).toBe('fine')
  await using second = await startSystem({ beside: system, env: { VAULT_KEYS: KEY_2 } })
  const done: Record<string, [number, number]> = {}
  await second.system.sealing.renew(({ name, renewed, unreadable }) => {
    done[name] = [renewed, unreadable]
  })
  expect(done).toMatchObject({ 'users.email': [2, 1], 'emails.email_index': [2, 1] })
  await expect(
    sql`update users set email = 'ben@example.org' where user_id = ${ben.id}`.execute(query),
  ).rejects.toThrow(/check constraint/)
})
