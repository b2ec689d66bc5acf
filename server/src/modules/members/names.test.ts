import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AccountsProcess, startAccounts } from '../accounts/accounts.suite.ts'

let users: AccountsProcess
beforeAll(async () => {
  users = await startAccounts()
})
afterAll(() => users[Symbol.asyncDispose]())

describe('names', () => {
  it('are looked up in batches, in any case; unknown ones are absent', async () => {
    const uma = await users.register('uma.t')
    const found = await users.members.byUsernames(['UMA.T', 'nobody.at.all', 'uma.t'])
    expect([...found]).toEqual([
      ['uma.t', { user_id: uma.id, username: 'uma.t', is_private: false, is_silenced: false }],
    ])
    expect(await users.members.byUsername('Uma.T')).toMatchObject({ user_id: uma.id })
    expect(await users.members.byUsername('nobody')).toBeUndefined()
  })
})
