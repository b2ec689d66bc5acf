import { newId } from '@tintype/server/kit/ids'
import { Person } from '@tintype/testkit/person'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AccountsProcess, startAccounts } from './accounts.suite.ts'

let users: AccountsProcess
beforeAll(async () => {
  users = await startAccounts()
  await users.register('first')
})
afterAll(() => users[Symbol.asyncDispose]())
beforeEach(async () => {
  await users.settle()
  users.mails.length = 0
})

const code = (work: Promise<unknown>) =>
  work.then(
    () => 'fine',
    (error) => error.code,
  )
/** The mails to an address since the test began, oldest first. */
async function mailsTo(address: string) {
  await users.settle()
  return users.mails.filter(({ to }) => to.address === address)
}
async function tokenFor(address: string, at = -1): Promise<string> {
  const mail = (await mailsTo(address)).at(at)
  const [, token] = /[?&]token=([^\s&]+)/.exec(mail?.text ?? '') ?? []
  if (!token) throw new Error(`no link for ${address}`)
  return decodeURIComponent(token)
}
const api = () => users.visitor().api.accounts
const forgot = (login: string) => api().forgotPassword({ body: { login } })
const reset = (token: string, new_password = 'purple monkey dishwasher') =>
  api().resetPassword({ body: { token, new_password } })
const logIn = (login: string, password: string) => code(api().login({ body: { login, password } }))
const verify = (token: string) => code(api().verifyEmail({ body: { token } }))
/** A member whose address is proven. */
async function proven(username: string): Promise<Person> {
  const person = await users.register(username)
  expect(await verify(await tokenFor(`${username}@example.org`))).toBe('fine')
  users.mails.length = 0
  return person
}
const HOUR = 3_600_000

describe('an address', () => {
  it('is proven by the link that was mailed to it, and stays so', async () => {
    const ana = await users.register('ana')
    expect((await ana.api.members.me()).email_verified).toBe(false)
    const [mail] = await mailsTo('ana@example.org')
    expect(mail).toMatchObject({ to: { name: 'ana' }, thread: `account-${ana.id}` })
    expect(mail?.html).toContain('/verify-email?token=')
    const token = await tokenFor('ana@example.org')
    expect(await verify(token)).toBe('fine')
    expect((await ana.api.members.me()).email_verified).toBe(true)
    // The second of two clicks.
    expect(await verify(token)).toBe('fine')
    await ana.api.accounts.askVerification()
    expect(await mailsTo('ana@example.org')).toHaveLength(1)
  })

  it('is not proven by a link that is too old, made up, or of another kind', async () => {
    const ben = await users.register('ben')
    const token = await tokenFor('ben@example.org')
    const [body = '', mac = ''] = token.split('.')
    const named = Buffer.from(`${ben.id}.${ben.id}`).toString('base64url')
    for (const bad of ['x', `${body}.`, `${named}.${mac}`, `${body}.${mac}x`, `${token}.x`])
      expect(await verify(bad)).toBe('link_invalid')
    expect(await code(reset(token))).toBe('link_invalid')
    users.clock.advance(72 * HOUR)
    expect(await verify(token)).toBe('link_invalid')
    await ben.logIn()
    await ben.api.accounts.askVerification()
    expect(await verify(await tokenFor('ben@example.org'))).toBe('fine')
  })

  it('gets three mails an hour and no more, however often they are asked for', async () => {
    const cai = await users.register('cai')
    for (let n = 0; n < 6; n++) await cai.api.accounts.askVerification()
    expect(await mailsTo('cai@example.org')).toHaveLength(3)
  })
})

describe('a forgotten password', () => {
  it('is replaced by whoever reads the mails, once, and every session ends', async () => {
    const dan = await users.register('dan')
    await forgot('Dan')
    const token = await tokenFor('dan@example.org')
    expect(await code(reset(token, 'password1'))).toBe('password_weak')
    expect(await code(reset(token))).toBe('fine')
    expect(await code(dan.api.members.me())).toBe('unauthorized')
    expect(await logIn('dan', Person.password)).toBe('credentials_wrong')
    expect(await logIn('dan', 'purple monkey dishwasher')).toBe('fine')
    expect(await code(reset(token, 'another green elephant'))).toBe('link_invalid')
    // Who used the link reads the mails.
    const again = await api().login({ body: { login: 'dan', password: 'purple monkey dishwasher' } })
    expect(again.user.email_verified).toBe(true)
    expect((await mailsTo('dan@example.org')).map(({ subject }) => subject)).toEqual([
      expect.stringContaining('address'),
      expect.stringContaining('A new password for dan'),
      expect.stringContaining('Your password was changed'),
    ])
  })

  it('by either name; of two at the same moment one wins', async () => {
    await users.register('eve')
    await forgot(' EVE@example.org ')
    const token = await tokenFor('eve@example.org')
    const codes = await Promise.all(
      ['purple monkey dishwasher', 'another green elephant'].map((password) => code(reset(token, password))),
    )
    expect(codes.toSorted()).toEqual(['fine', 'link_invalid'])
  })

  it('not by a link that is an hour old, nor by one from before the address changed hands', async () => {
    await users.register('fay')
    await forgot('fay')
    const token = await tokenFor('fay@example.org')
    users.clock.advance(HOUR)
    expect(await code(reset(token))).toBe('link_invalid')
    await forgot('fay')
    const old = await tokenFor('fay@example.org')
    await forgot('fay')
    const young = await tokenFor('fay@example.org')
    expect(await code(reset(young))).toBe('fine')
    // The others ended with it.
    expect(await code(reset(old))).toBe('link_invalid')
  })

  it('is answered alike for nobody, who gets no mail, and leaves as many rows and facts', async () => {
    await users.register('gus')
    await users.settle()
    const facts = async (login: string) => {
      const before = users.events.length
      const reply = await forgot(login)
      return { reply, types: users.events.slice(before).map(({ type }) => type) }
    }
    users.mails.length = 0
    expect(await facts('nobody.at.all')).toEqual(await facts('gus'))
    expect(await facts('nobody@example.org')).toEqual(await facts('gus@example.org'))
    for (let n = 0; n < 4; n++) expect(await facts('nobody.at.all')).toEqual(await facts('gus'))
    await users.settle()
    expect(new Set(users.mails.map(({ to }) => to.address))).toEqual(new Set(['gus@example.org']))
    expect(await code(api().resetPassword({ body: { token: 'x', new_password: 'x' } }))).toBe('link_invalid')
  })

  it('is not asked for without end from one address', async () => {
    await using strict = await startAccounts({ multiplier: 1 })
    const ask = (n: number) =>
      code(strict.visitor().api.accounts.forgotPassword({ body: { login: `n${n}` } }))
    const codes = await Promise.all(Array.from({ length: 21 }, (_, n) => ask(n)))
    expect(codes.filter((one) => one === 'rate_limited')).toHaveLength(1)
  })
})

describe('a log-in from a new place', () => {
  const from = (address: string, login: string) =>
    fetch(`${users.baseUrl}/api/v1/users/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': address, 'user-agent': 'Lens/1.0' },
      body: JSON.stringify({ login, password: Person.password }),
    })

  it('is told of once, to a proven address', async () => {
    await proven('hal')
    expect((await from('198.51.100.7', 'hal')).status).toBe(200)
    const [mail, ...more] = await mailsTo('hal@example.org')
    expect(more).toEqual([])
    expect(mail?.subject).toContain('new place')
    expect(mail?.text).toContain('Lens/1.0')
    expect(mail?.text).toContain('198.51.100.7')
    await from('198.51.100.7', 'hal')
    expect(await mailsTo('hal@example.org')).toHaveLength(1)
    // A wrong password is no log-in.
    await code(api().login({ body: { login: 'hal', password: 'wrong' } }))
    expect(await mailsTo('hal@example.org')).toHaveLength(1)
  })

  it('is not told of to an address that nobody has proven', async () => {
    await users.register('ida')
    await users.settle()
    users.mails.length = 0
    await from('198.51.100.8', 'ida')
    expect(await mailsTo('ida@example.org')).toEqual([])
  })
})

describe('another address', () => {
  const ask = (person: Person, email: string) => person.api.accounts.changeEmail({ body: { email } })
  const confirm = (token: string) => api().confirmEmail({ body: { token } })

  it('is the member’s once both sides have said yes, in either order', async () => {
    for (const [name, order] of [
      ['jon', ['old', 'new']],
      ['kim', ['new', 'old']],
    ] as const) {
      const person = await proven(name)
      const [old, next] = [`${name}@example.org`, `${name}@example.net`]
      expect(await ask(person, next.toUpperCase())).toEqual({ email: next, waiting_for: ['old', 'new'] })
      expect(await person.api.members.me()).toMatchObject({ email: old, email_pending: next })
      const tokens = { old: await tokenFor(old), new: await tokenFor(next) }
      expect(await confirm(tokens[order[0]])).toEqual({ email: next, waiting_for: [order[1]] })
      expect(await confirm(tokens[order[0]])).toEqual({ email: next, waiting_for: [order[1]] })
      expect((await person.api.members.me()).email).toBe(old)
      expect(await confirm(tokens[order[1]])).toEqual({ email: next, waiting_for: [] })
      expect(await person.api.members.me()).toMatchObject({
        email: next,
        email_verified: true,
        email_pending: null,
      })
      expect(await logIn(next, Person.password)).toBe('fine')
      expect(await logIn(old, Person.password)).toBe('credentials_wrong')
      expect((await mailsTo(old)).at(-1)?.subject).toContain('Your address was changed')
      // The old one is free.
      expect(
        await code(api().register({ body: { username: `${name}2`, email: old, password: Person.password } })),
      ).toBe('fine')
    }
  })

  it('does not ask at an address that was never proven', async () => {
    const lea = await users.register('lea')
    await users.settle()
    users.mails.length = 0
    expect(await ask(lea, 'lea@example.net')).toEqual({ email: 'lea@example.net', waiting_for: ['new'] })
    expect(await mailsTo('lea@example.org')).toEqual([])
    await confirm(await tokenFor('lea@example.net'))
    expect((await lea.api.members.me()).email).toBe('lea@example.net')
  })

  it('needs a free address, and an answer within a day; can be taken back', async () => {
    const [max, nia] = [await proven('max'), await proven('nia')]
    expect(await code(ask(max, 'nia@example.org'))).toBe('email_taken')
    expect(await code(ask(max, 'nonsense'))).toBe('email_invalid')
    await ask(max, 'max@example.net')
    const taken = { old: await tokenFor('max@example.org'), new: await tokenFor('max@example.net') }
    await max.api.accounts.cancelEmailChange()
    expect(await code(confirm(taken.new))).toBe('link_invalid')
    // Somebody else was quicker.
    await ask(max, 'both@example.net')
    await ask(nia, 'both@example.net')
    const [ofMax, ofNia] = (await mailsTo('both@example.net')).map(({ text }) =>
      decodeURIComponent(/token=([^\s&]+)/.exec(text)?.[1] ?? ''),
    )
    await confirm(await tokenFor('max@example.org'))
    await confirm(await tokenFor('nia@example.org'))
    expect(await code(confirm(ofNia ?? ''))).toBe('fine')
    expect(await code(confirm(ofMax ?? ''))).toBe('email_taken')
    users.clock.advance(25 * HOUR)
    await max.logIn()
    await ask(max, 'late@example.net')
    users.clock.advance(24 * HOUR)
    expect(await code(confirm(await tokenFor('late@example.net')))).toBe('link_invalid')
    await max.logIn()
    expect((await max.api.members.me()).email_pending).toBeNull()
  })
})

it('an app that is let in, and a token that is made, are told of; one that has ended meanwhile is not', async () => {
  const { id } = await proven('appy')
  const tell = async (app: typeof users.world.app) => {
    users.world.app = app
    users.events.push({ type: 'app.allowed', payload: { user_id: id, grant_id: newId() } })
    await users.settle()
  }
  await tell({ name: 'Printer', app_id: newId() })
  await tell({ name: 'Backup', app_id: null })
  await tell(undefined)
  const mails = await mailsTo('appy@example.org')
  expect(mails.map(({ subject }) => subject.split(' · ')[0])).toEqual([
    'Another app uses your account',
    'A token for your account was made',
  ])
  expect(mails[0]?.text).toMatch(/“Printer” was let in to appy[\s\S]*\/settings\/apps/)
  expect(mails[1]?.text).toMatch(/“Backup” was made for appy[\s\S]*\/settings\/developer/)
})

it('no line of the log has an address', () => {
  expect(users.logs.length).toBeGreaterThan(0)
  expect(users.logs.filter((line) => /@example|%40example/.test(line))).toEqual([])
})
