import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AccountsProcess, startAccounts } from '../accounts/accounts.suite.ts'
import { looksLikeStaff, looksOf } from './look-alikes.ts'

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

const code = (work: Promise<unknown>) =>
  work.then(
    () => 'fine',
    (error) => error.code,
  )

describe('look-alikes', () => {
  it.each([
    'adm1n',
    'admin2',
    '0wner',
    'the_real_owner',
    'tintype_support',
    'tintype.official',
    't1ntype',
    'tintypehelp',
    'support.team',
    '5upp0rt_24',
    'rnoderator',
    'a.d.m.i.n',
    '_admin_',
    'staff__',
    'my.adm1nistrator',
  ])('%s reads like somebody who speaks for the community', (name) => {
    expect(looksLikeStaff(name)).toBe(true)
  })

  it.each([
    'lena.admiral',
    'supporter',
    'towner',
    'anna',
    'help.me',
    'teamwork',
    'owners.dog',
    'mo_derat',
    'stafford',
  ])('%s is anybody’s', (name) => {
    expect(looksLikeStaff(name)).toBe(false)
  })

  it('are one look, whatever stands between the letters', () => {
    expect(new Set(['milo.rn', 'mi1o_m', 'rn.iIom'.toLowerCase(), '_mllom'].map(looksOf)).size).toBe(1)
    expect(looksOf('anna')).not.toBe(looksOf('ana'))
  })

  it('of the owner and of moderators are nobody else’s, by registration or by another name', async () => {
    await using fresh = await startAccounts()
    const owner = await fresh.register('olivia')
    const rename = (person: typeof owner, username: string) =>
      code(person.api.members.update({ body: { username } }))
    const lena = await fresh.register('lena')
    for (const name of ['o1ivia', '0livia', 'ol.iv.ia', 'olivia_', 'oiivla']) {
      expect(await code(fresh.register(name))).toBe('username_reserved')
      expect(await rename(lena, name)).toBe('username_reserved')
    }
    expect(await rename(lena, 'olivia')).toBe('username_taken')
    expect(await code(fresh.register('tintype_support'))).toBe('username_reserved')
    expect(await rename(lena, 'adm1n')).toBe('username_reserved')
    // Names of members are alike as they please.
    expect(await code(fresh.register('iena'))).toBe('fine')
    // Who is the owner may be called as it pleases them; their own look is their own.
    expect(await rename(owner, 'o.livia')).toBe('fine')
    expect(await rename(owner, 'tintype.team')).toBe('fine')
    expect(await rename(lena, 'tintypeteam')).toBe('username_reserved')
    // What does not change is not asked about.
    expect(await code(lena.api.members.update({ body: { username: 'lena', bio: 'hello' } }))).toBe('fine')
  })
})
