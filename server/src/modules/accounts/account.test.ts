import { Person } from '@tintype/testkit/person'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPostgres } from '../../engines/db/postgres/db.ts'
import { type AccountsProcess, startAccounts } from './accounts.suite.ts'

let users: AccountsProcess
let second: AccountsProcess
beforeAll(async () => {
  users = await startAccounts()
  second = await startAccounts({ beside: users })
  await users.register('first')
})
afterAll(async () => {
  await second[Symbol.asyncDispose]()
  await users[Symbol.asyncDispose]()
})

const code = (work: Promise<unknown>) =>
  work.then(
    () => 'fine',
    (error) => error.code,
  )
const visit = (username: string, at = users) => at.visitor().api.members.profile({ params: { username } })
const told = (type: string, id: string) =>
  users.events.filter(
    (event) => event.type === type && 'user_id' in event.payload && event.payload.user_id === id,
  )

async function until<T>(read: () => Promise<T>, isRight: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + 10_000
  for (;;) {
    const value = await read()
    if (isRight(value)) return value
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(value)} after ten seconds`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

describe('a password', () => {
  it('changes for who has proven lately that it is them, and ends the other sessions', async () => {
    const olga = await users.register('olga')
    const phone = new Person(
      users.baseUrl,
      'olga',
      await users.visitor().api.accounts.login({ body: { login: 'olga', password: Person.password } }),
    )
    const change = (new_password: string) => olga.api.accounts.changePassword({ body: { new_password } })
    expect(await code(change('password1'))).toBe('password_weak')
    await change('purple monkey dishwasher')
    expect(await code(phone.api.members.me())).toBe('unauthorized')
    expect(await code(olga.api.members.me())).toBe('fine')
    const login = (password: string) =>
      code(users.visitor().api.accounts.login({ body: { login: 'olga', password } }))
    expect([await login(Person.password), await login('purple monkey dishwasher')]).toEqual([
      'credentials_wrong',
      'fine',
    ])
  })
})

describe('a deleted account', () => {
  it('is gone at once, everywhere, and its name and address are free', async () => {
    const quin = await users.register('quin')
    await quin.api.members.update({ body: { full_name: 'Quin Secret', bio: 'about me' } })
    const elsewhere = new Person(second.baseUrl, 'quin', quin.session)
    expect(await code(elsewhere.api.members.me())).toBe('fine')
    await quin.leave()
    expect(await code(quin.api.members.me())).toBe('unauthorized')
    expect(await code(visit('quin'))).toBe('not_found')
    await until(
      () => code(elsewhere.api.members.me()),
      (outcome) => outcome === 'unauthorized',
    )
    const { refresh_token } = quin.session
    expect(await code(quin.api.accounts.refresh({ body: { refresh_token: refresh_token ?? '' } }))).toBe(
      'refresh_invalid',
    )
    expect(await code(quin.logIn())).toBe('credentials_wrong')
    expect(told('user.deleted', quin.id)).toHaveLength(1)
    expect((await users.people.summaries([quin.id])).size).toBe(0)
    expect((await users.members.lastActive([quin.id])).size).toBe(0)
    const again = await users.register('quin')
    expect(again.id).not.toBe(quin.id)
  })

  it('of the owner and of who would come after them at the same time leaves the community to the next', async () => {
    await using fresh = await startAccounts()
    const [boss, heir, other] = [
      await fresh.register('boss'),
      await fresh.register('heir'),
      await fresh.register('other'),
    ]
    await using db = openPostgres({ url: fresh.databaseUrl, pool: 2 })
    const waiting = sql<{ waiting: number }>`
      select count(*)::int as waiting from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`
    let leaving: Promise<unknown> | undefined
    // The heir's deletion is written and not yet committed when the owner's looks for one.
    await db.tx(async (tx) => {
      await sql`update users set deleted_at = now(), username = '' where user_id = ${heir.id}`.execute(tx)
      leaving = boss.leave()
      await until(
        async () => (await waiting.execute(db.query)).rows[0]?.waiting,
        (count) => count === 1,
      )
    })
    await leaving
    expect(await code(other.api.community.invite())).toBe('fine')
  })

  it('of the owner leaves the community to its longest-standing member', async () => {
    await using fresh = await startAccounts()
    const [boss, heir, other] = [
      await fresh.register('boss'),
      await fresh.register('heir'),
      await fresh.register('other'),
    ]
    expect(await code(heir.api.community.invite())).toBe('forbidden')
    await boss.leave()
    expect(await code(heir.api.community.invite())).toBe('fine')
    expect(await code(other.api.community.invite())).toBe('forbidden')
    for (const person of [heir, other]) await person.leave()
    expect((await fresh.visitor().api.community.get()).is_set_up).toBe(false)
    expect((await fresh.register('next')).session.user.role).toBe('owner')
  })
})
