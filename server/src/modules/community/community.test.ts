import { Person } from '@tintype/testkit/person'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPostgres } from '../../engines/db/postgres/db.ts'
import { type AccountsProcess, startAccounts } from '../accounts/accounts.suite.ts'

let process: AccountsProcess
beforeAll(async () => {
  process = await startAccounts()
})
afterAll(() => process[Symbol.asyncDispose]())

it('whoever joins or leaves is counted at once', async () => {
  const count = async () => (await process.visitor().api.community.get()).members_count
  const before = await count()
  const owner = await process.register('oda')
  expect(await count()).toBe(before + 1)
  await owner.leave()
  expect(await count()).toBe(before)
})

it('invitations of an owner who left are good for nobody, and none tells who came by it', async () => {
  const owner = await process.register('olga')
  const heir = await process.register('hana')
  const [used, open] = [await owner.api.community.invite(), await owner.api.community.invite()]
  await owner.api.community.update({ body: { registration: 'invitation' } })
  const join = (username: string, invitation: string) => {
    const { password } = Person
    const body = { username, email: `${username}@example.org`, password, invitation }
    return process.visitor().api.accounts.register({ body })
  }
  const guest = new Person(process.baseUrl, 'gus', await join('gus', used.code))
  const kept = await heir.api.community.invite().catch((error) => error.code)
  expect(kept).toBe('forbidden')

  await owner.leave()
  await process.settle()
  await expect(join('lars', open.code)).rejects.toMatchObject({ code: 'invitation_invalid' })
  const theirs = await heir.api.community.invite()
  await join('nora', theirs.code)

  await guest.leave()
  await process.settle()
  await using db = openPostgres({ url: process.databaseUrl, pool: 1 })
  const { rows } = await sql<{ code: string }>`select code from invitations`.execute(db.query)
  expect(rows).toEqual([{ code: theirs.code }])
})
