import { createClient, type Login } from '@tintype/contract'
import { totpCode } from '@tintype/testkit/authenticator'
import { Person } from '@tintype/testkit/person'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Db } from '../../engines/db/port.ts'
import { openPostgres } from '../../engines/db/postgres/db.ts'
import { newId } from '../../kit/ids.ts'
import { type AccountsProcess, startAccounts } from './accounts.suite.ts'
import { insertLogin } from './login-history-store.ts'

let users: AccountsProcess
let db: Db
beforeAll(async () => {
  users = await startAccounts()
  db = openPostgres({ url: users.databaseUrl, pool: 1 })
})
afterAll(async () => {
  await db[Symbol.asyncDispose]()
  await users[Symbol.asyncDispose]()
})

const DAY_MS = 86_400_000
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const from = (address: string) =>
  createClient({
    baseUrl: users.baseUrl,
    headers: () => ({ 'x-forwarded-for': address, 'user-agent': FIREFOX }),
  })
const tryAs = (login: string, password: string = Person.password, address = '192.0.2.7') =>
  from(address)
    .accounts.login({ body: { login, password } })
    .catch((error) => error.code)
const wrong = (login: string, address?: string) => tryAs(login, 'not this one', address)
const listOf = async (person: Person): Promise<Login[]> => (await person.api.logins.list()).items
const methods = async (person: Person) =>
  (await listOf(person)).map(({ method, failed, count }) => (failed ? `${count} × ${method}` : method))
const rowsAbout = async (text: string) => {
  const about = sql`like ${`%${text}%`}`
  const { rows } = await sql`
    select login_id from logins l where l::text ${about}
    union all select login_id from failed_logins f where f::text ${about}`.execute(db.query)
  return rows
}

describe('log-ins', () => {
  it('are told to their member alone: when, how, and from where, newest first', async () => {
    const ana = await users.register('ana')
    const ben = await users.register('ben')
    users.clock.advance(1000)
    await tryAs(ana.username, Person.password, '2001:db8:1:2:3:4:5:6')
    const [last, first] = await listOf(ana)
    expect(last).toMatchObject({
      method: 'password',
      failed: false,
      count: 1,
      at: new Date(users.clock.now()).toISOString(),
      user_agent: FIREFOX,
      network: '2001:db8:1:2::/64',
      session_id: expect.any(String),
      current: false,
    })
    expect(first).toMatchObject({ method: 'registration', current: true })
    expect(await methods(ben)).toEqual(['registration'])
    expect(await ben.api.logins.list({ query: { cursor: 'x' } }).catch((error) => error.code)).toBe(
      'bad_cursor',
    )
    expect(
      await users
        .visitor()
        .api.logins.list()
        .catch((error) => error.code),
    ).toBe('unauthorized')
  })

  it('say whether what they began goes on', async () => {
    const cleo = await users.register('cleo')
    await tryAs(cleo.username)
    const [session_id] = (await listOf(cleo)).flatMap((one) =>
      one.session_id && !one.current ? [one.session_id] : [],
    )
    if (!session_id) throw new Error('it is not told')
    await cleo.api.accounts.revokeSession({ params: { session_id } })
    expect((await listOf(cleo)).map((one) => one.session_id !== null)).toEqual([false, true])
  })

  it('are told in pages, each once, and for 90 days', async () => {
    const dora = await users.register('dora')
    for (let n = 0; n < 4; n++) {
      users.clock.advance(1000)
      await (n === 2 ? wrong(dora.username) : tryAs(dora.username))
    }
    const whole = (await listOf(dora)).map(({ login_id }) => login_id)
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page = await dora.api.logins.list({ query: { limit: 2, ...(cursor ? { cursor } : {}) } })
      expect(page.items.length).toBeLessThanOrEqual(2)
      seen.push(...page.items.map(({ login_id }) => login_id))
      cursor = page.next_cursor
    } while (cursor)
    expect(seen).toEqual(whole)
    expect(whole).toHaveLength(5)
    users.clock.advance(90 * DAY_MS + 1000)
    await dora.logIn()
    expect(await methods(dora)).toEqual(['password'])
    await schedule('accounts.history')
    expect(await rowsAbout(dora.id)).toHaveLength(1)
  })

  it('keep the newest 500 of a member who logs in all the time', async () => {
    const edda = await users.register('edda')
    const row = {
      user_id: edda.id,
      method: 'password' as const,
      session_id: null,
      app: null,
      user_agent: '',
      network: '',
    }
    const ids = Array.from({ length: 5 }, () => newId<Login['login_id']>(users.clock))
    for (const login_id of ids)
      await insertLogin(db.query, { ...row, login_id, at: new Date(users.clock.now()) }, 3)
    expect((await listOf(edda)).map(({ login_id }) => login_id)).toEqual(ids.slice(2).toReversed())
  })

  it('tell of a new password by mail, and of apps that were let in', async () => {
    const finn = await users.register('finn')
    await users.visitor().api.accounts.forgotPassword({ body: { login: finn.username } })
    await users.settle()
    const [, token = ''] = /reset-password\?token=([^\s&]+)/.exec(users.mails.at(-1)?.text ?? '') ?? []
    await from('192.0.2.9').accounts.resetPassword({
      body: { token: decodeURIComponent(token), new_password: Person.password },
    })
    await finn.logIn()
    users.world.app = { name: 'Darkroom', app_id: newId() }
    const grant_id = newId<never>(users.clock)
    for (let n = 0; n < 2; n++)
      users.events.push({ type: 'app.allowed', payload: { user_id: finn.id, grant_id } })
    await users.settle()
    users.world.app = undefined
    expect(await methods(finn)).toEqual(['app', 'password', 'reset', 'registration'])
    expect((await listOf(finn))[0]).toMatchObject({ app: 'Darkroom', session_id: null })
    expect((await listOf(finn))[2]).toMatchObject({ network: '192.0.2.9', session_id: null })
  })

  it('tell the second step, and codes that were wrong', async () => {
    const gus = await users.register('gus')
    const { secret } = await gus.api.factors.beginTotp()
    await gus.api.factors.confirmTotp({ body: { code: totpCode(secret, users.clock.now()) } })
    users.clock.advance(30_000)
    const asked = () =>
      from('192.0.2.8')
        .accounts.login({ body: { login: gus.username, password: Person.password } })
        .catch((error) => String(error.details?.challenge))
    const finish = async (code: string) =>
      from('192.0.2.8')
        .accounts.finishLogin({ body: { challenge: String(await asked()), code } })
        .catch((error) => error.code)
    const good = totpCode(secret, users.clock.now())
    const bad = String((Number(good) + 1) % 1_000_000).padStart(6, '0')
    for (let n = 0; n < 2; n++) expect(await finish(bad)).toBe('code_wrong')
    await finish(good)
    expect(await methods(gus)).toEqual(['code', '2 × code', 'registration'])
  })
})

describe('tries that failed', () => {
  it('are one row for a day, whoever tries how often', async () => {
    const hana = await users.register('hana')
    for (let n = 1; n <= 5; n++)
      expect(await wrong(hana.username, `198.51.100.${n}`)).toBe('credentials_wrong')
    await Promise.all([wrong(hana.username), wrong(hana.username), wrong(hana.username, '198.51.100.9')])
    await wrong(`${hana.username}@example.org`)
    expect(await methods(hana)).toEqual(['1 × password', '8 × password', 'registration'])
    expect(await rowsAbout(hana.id)).toHaveLength(3)
    users.clock.advance(DAY_MS)
    await hana.logIn()
    await wrong(hana.username, '203.0.113.5')
    expect((await listOf(hana))[0]).toMatchObject({ failed: true, count: 1, network: '203.0.113.5' })
  })

  it('are written alike for names that nobody has, and forgotten a day later', async () => {
    const rows = async () => (await rowsAbout('203.0.113.77')).length
    await wrong('nobody.at.all', '203.0.113.77')
    expect(await rows()).toBe(1)
    users.clock.advance(DAY_MS + 1000)
    await schedule('accounts.history')
    expect(await rows()).toBe(0)
  })

  it('go with their member', async () => {
    const ivan = await users.register('ivan')
    const id = ivan.id
    await wrong(ivan.username)
    expect(await rowsAbout(id)).toHaveLength(2)
    await ivan.leave()
    users.clock.advance(31 * DAY_MS)
    await schedule('accounts.leaving')
    expect(await rowsAbout(id)).toEqual([])
  })
})

async function schedule(name: string): Promise<void> {
  const found = users.accounts.schedules.find((one) => one.name === name)
  await found?.run(new AbortController().signal)
}
