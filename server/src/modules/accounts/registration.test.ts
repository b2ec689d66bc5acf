import { type ErrorCode, TintypeError } from '@tintype/contract'
import { Person } from '@tintype/testkit/person'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AccountsProcess, startAccounts } from './accounts.suite.ts'

let users: AccountsProcess
beforeAll(async () => {
  users = await startAccounts()
  await users.register('first')
})
afterAll(() => users[Symbol.asyncDispose]())

const account = (username: string) => ({
  username,
  email: `${username}@example.org`,
  password: Person.password,
})
const register = (changes: object) =>
  users.visitor().api.accounts.register({ body: { ...account('somebody'), ...changes } })
const failure = async (work: Promise<unknown>): Promise<TintypeError> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof TintypeError) return error
  throw new Error(`should have been refused: ${error}`)
}

describe('an account', () => {
  it('begins with a session and tells that it exists', async () => {
    const reply = await users.visitor().api.accounts.register({
      body: { ...account('Anna.Berg'), full_name: '  Anna \u202e  Berg ' },
    })
    expect(reply).toMatchObject({
      user: {
        username: 'anna.berg',
        full_name: 'Anna Berg',
        email: 'anna.berg@example.org',
        role: 'member',
        privacy_level: 'public',
      },
      expires_in: 3600,
    })
    const anna = new Person(users.baseUrl, 'anna.berg', reply)
    expect(await anna.api.members.me()).toEqual(reply.user)
    expect(users.events.at(-1)).toEqual({
      type: 'user.registered',
      payload: { user_id: reply.user.user_id },
    })
  })

  it.each<[string, object, ErrorCode]>([
    ['a short name', { username: 'ab' }, 'username_invalid'],
    ['a long name', { username: 'a'.repeat(31) }, 'username_invalid'],
    ['a dot at an end', { username: 'anna.' }, 'username_invalid'],
    ['two dots', { username: 'an..na' }, 'username_invalid'],
    ['a letter of another script', { username: 'аnna' }, 'username_invalid'],
    ['a name that is an address', { username: 'settings' }, 'username_reserved'],
    ['a name like a file', { username: 'app.js' }, 'username_reserved'],
    ['no address', { email: 'anna' }, 'email_invalid'],
    ['an address without a domain', { email: 'anna@localhost' }, 'email_invalid'],
    ['a line break in the address', { email: 'anna@example.org\nbcc: x@example.org' }, 'email_invalid'],
  ])('is refused for %s', async (_, changes, code) => {
    expect((await failure(register(changes))).code).toBe(code)
  })

  it.each([
    ['short', '8 characters'],
    ['password1', 'lists of passwords'],
    ['qwertzuiop', 'side by side'],
    ['abcdefgh', 'Runs'],
    ['aaaaaaaa', 'Repeating'],
    ['somebody', 'your name'],
    ['somebody@example.org', 'your name'],
  ])('is refused for the password %s, with the reason', async (password, reason) => {
    const error = await failure(register({ password }))
    expect(error.code).toBe('password_weak')
    expect(error.details?.reason).toContain(reason)
  })

  it('takes a name and an address once, whatever their case', async () => {
    await users.register('carl')
    const name = { username: 'CARL', email: 'other@example.org' }
    expect((await failure(register(name))).code).toBe('username_taken')
    const email = { username: 'carla', email: 'Carl@EXAMPLE.org' }
    expect((await failure(register(email))).code).toBe('email_taken')
    expect((await register({ username: 'carla', email: 'carla@example.org' })).user.username).toBe('carla')
  })

  it('is one, of many made at once under one name', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 6 }, (_, i) => register({ username: 'race', email: `race${i}@example.org` })),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason.code).toBe('username_taken')
  })
})

describe('logging in', () => {
  it('works by username and by address, in any case', async () => {
    await users.register('dora')
    for (const login of ['dora', '@Dora', 'DORA@example.org']) {
      const body = { login, password: Person.password }
      expect((await users.visitor().api.accounts.login({ body })).user.username).toBe('dora')
    }
  })

  it('does not tell whether an account exists, and always does the same work', async () => {
    await users.register('emil')
    const attempts = ['emil', 'emil@example.org', 'nobody.here', 'nobody@example.org', '', '@']
    for (const login of attempts.filter(Boolean)) {
      const before = users.verifications()
      const error = await failure(
        users.visitor().api.accounts.login({ body: { login, password: 'not it at all' } }),
      )
      expect([error.code, error.status, error.details]).toEqual(['credentials_wrong', 401, undefined])
      expect(users.verifications() - before).toBe(1)
    }
  })
})

describe('the first account', () => {
  it('is the owner, and exactly one of many at once', async () => {
    await using fresh = await startAccounts()
    expect(await fresh.visitor().api.community.get()).toMatchObject({ is_set_up: false, members_count: 0 })
    const people = await Promise.all(['una', 'dos', 'tres', 'quatro'].map((name) => fresh.register(name)))
    const roles = people.map(({ session }) => session.user.role)
    expect(roles.filter((role) => role === 'owner')).toHaveLength(1)
    expect(await fresh.visitor().api.community.get()).toMatchObject({ is_set_up: true, members_count: 4 })
  })
})

describe('the name owner', () => {
  it('is the owner’s alone', async () => {
    await using fresh = await startAccounts()
    const owner = await fresh.register('owner')
    expect(owner.session.user).toMatchObject({ username: 'owner', role: 'owner' })
    await owner.api.members.update({ body: { username: 'owner', bio: 'Mine' } })
    await owner.api.members.update({ body: { username: 'boss' } })
    const late = await fresh.register('late')
    const others = [
      late.api.members.update({ body: { username: 'owner' } }),
      fresh.visitor().api.accounts.register({ body: account('Owner') }),
    ]
    for (const taken of others) expect((await failure(taken)).code).toBe('username_reserved')
  })
})

describe('who may join', () => {
  it('is for the owner to say; invitations are good once and for 14 days', async () => {
    await using fresh = await startAccounts()
    const owner = await fresh.register('boss')
    await owner.api.community.update({ body: { name: 'The Club', registration: 'closed' } })
    const join = (username: string, invitation?: string) =>
      fresh.visitor().api.accounts.register({ body: { ...account(username), invitation } })
    expect((await failure(join('gina'))).code).toBe('registration_closed')

    await owner.api.community.update({ body: { registration: 'invitation' } })
    expect((await failure(join('gina'))).code).toBe('invitation_invalid')
    expect((await failure(join('gina', 'guess-guess'))).code).toBe('invitation_invalid')
    const { code } = await owner.api.community.invite()
    const outcomes = await Promise.allSettled([join('gina', code), join('hugo', code)])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)

    const late = await owner.api.community.invite()
    fresh.clock.advance(14 * 86_400_000)
    expect((await failure(join('ida', late.code))).code).toBe('invitation_invalid')
    expect(await fresh.visitor().api.community.get()).toMatchObject({
      name: 'The Club',
      registration: 'invitation',
    })
  })

  it('is not for members to say', async () => {
    const jo = await users.register('jonas')
    expect((await failure(jo.api.community.update({ body: { registration: 'closed' } }))).code).toBe(
      'forbidden',
    )
    expect((await failure(jo.api.community.invite())).code).toBe('forbidden')
  })
})

describe('limits and logs', () => {
  it('allow so many attempts an hour from one address, and say when to come back', async () => {
    await using limited = await startAccounts({ multiplier: 0.1 })
    const attempt = () =>
      fetch(`${limited.baseUrl}/api/v1/users/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ login: 'nobody', password: 'nothing' }),
      })
    expect((await attempt()).status).toBe(401)
    expect((await attempt()).headers.get('ratelimit-remaining')).toBe('0')
    const refused = await attempt()
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1800'])
  })

  it('hold no secret', async () => {
    const kim = await users.register('kim')
    await kim.logIn()
    const { access_token, refresh_token } = kim.session
    await users.visitor().api.accounts.refresh({ body: { refresh_token: refresh_token ?? '' } })
    const all = users.logs.join('\n')
    expect(all).toContain('/api/v1/users/login')
    for (const secret of [Person.password, access_token, refresh_token, 'kim@example.org', '$argon2'])
      expect(all).not.toContain(secret)
  })
})
