import { createClient, loginGuard, TintypeError } from '@tintype/contract'
import { Person } from '@tintype/testkit/person'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AccountsProcess, startAccounts } from './accounts.suite.ts'

let users: AccountsProcess
beforeAll(async () => {
  users = await startAccounts({ multiplier: 1 })
})
afterAll(() => users[Symbol.asyncDispose]())

let addresses = 0
/** One that nobody came from before. */
const newAddress = () => `198.51.${Math.floor(++addresses / 250)}.${(addresses % 250) + 1}`
const register = (username: string, address = newAddress()) =>
  clientAt(address).accounts.register({
    body: { username, email: `${username}@example.org`, password: Person.password },
  })
const clientAt = (address: string, cookie = '') =>
  createClient({
    baseUrl: users.baseUrl,
    headers: (): Record<string, string> => ({ 'x-forwarded-for': address, ...(cookie ? { cookie } : {}) }),
  })

/** What a log-in comes to: `fine`, a code, or how many seconds are to be waited. */
async function logIn(login: string, password: string, address = newAddress(), cookie = '') {
  try {
    await clientAt(address, cookie).accounts.login({ body: { login, password } })
    return 'fine'
  } catch (error) {
    if (!(error instanceof TintypeError)) throw error
    return error.code === 'rate_limited' ? Number(error.details?.retry_after) : error.code
  }
}
const guess = (login: string, address = newAddress()) => logIn(login, 'not this one', address)
/** So many failures as make strangers wait. */
async function attack(login: string, times: number = loginGuard.free) {
  for (let n = 0; n < times; n++) expect(await guess(login)).toBe('credentials_wrong')
}

describe('wrong passwords from everywhere', () => {
  it('make strangers wait before each try, and no password is looked at meanwhile', async () => {
    await register('ana')
    await attack('ana')
    const before = users.verifications()
    const address = newAddress()
    expect(await logIn('ana', Person.password, address)).toBe(loginGuard.firstWait)
    expect(users.verifications()).toBe(before)
    users.clock.advance(loginGuard.firstWait * 1000)
    expect(await guess('ana', address)).toBe('credentials_wrong')
    // Longer with each failure.
    expect(await guess('ana', address)).toBe(2 * loginGuard.firstWait)
  })

  it('are answered alike for a name that nobody has', async () => {
    await register('ben')
    const outcomes = async (login: string) => {
      const seen: unknown[] = []
      const address = newAddress()
      for (let n = 0; n < loginGuard.free + 1; n++) seen.push(await guess(login))
      for (let n = 0; n < 3; n++) {
        seen.push(await guess(login, address))
        users.clock.advance(5000)
      }
      return seen
    }
    expect(await outcomes('ben')).toEqual(await outcomes('nobody.at.all'))
    expect(await outcomes('ben@example.org')).toEqual(await outcomes('nobody@example.org'))
  }, 180_000)

  it('at the same moment are counted each', async () => {
    await register('cora')
    const guesses = await Promise.all(Array.from({ length: 4 * loginGuard.free }, () => guess('cora')))
    expect(guesses.filter((outcome) => outcome === 'credentials_wrong')).toHaveLength(loginGuard.free)
    const waiting = newAddress()
    const wait = await guess('cora', waiting)
    users.clock.advance(Number(wait) * 1000)
    const tries = await Promise.all(Array.from({ length: 5 }, () => guess('cora', waiting)))
    expect(tries.filter((outcome) => outcome === 'credentials_wrong')).toHaveLength(1)
  })

  it('are forgotten after a day without one', async () => {
    await register('dan')
    await attack('dan')
    expect(await guess('dan')).toBe(loginGuard.firstWait)
    users.clock.advance(loginGuard.forgottenAfter * 1000)
    expect(await guess('dan')).toBe('credentials_wrong')
  })
})

describe('the owner of an account under attack', () => {
  it('logs in without a wait from where they logged in before', async () => {
    const home = newAddress()
    await register('eva', home)
    await attack('eva')
    expect(await logIn('eva', Person.password, home)).toBe('fine')
  })

  it('logs in without a wait with a browser that they used before, until their password is another', async () => {
    await register('fay')
    const reply = await fetch(`${users.baseUrl}/api/v1/users/login`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-tintype-session': 'cookie',
        'x-forwarded-for': newAddress(),
      },
      body: JSON.stringify({ login: 'fay', password: Person.password }),
    })
    const cookies = reply.headers.getSetCookie()
    const device = cookies.find((line) => line.startsWith('tintype_device='))?.split(';')[0] ?? ''
    expect(device).not.toBe('')
    await attack('fay')
    expect(await logIn('fay', Person.password)).toBe(loginGuard.firstWait)
    expect(await logIn('fay', Person.password, newAddress(), device)).toBe('fine')
    await register('gus')
    await attack('gus')
    expect(await logIn('gus', Person.password, newAddress(), device)).toBe(loginGuard.firstWait)
    const [access = ''] = cookies.map((line) => line.split(';')[0])
    await createClient({
      baseUrl: users.baseUrl,
      headers: () => ({ cookie: access, 'x-tintype-csrf': '1' }),
    }).accounts.changePassword({
      body: { new_password: 'a stable of new horses' },
    })
    expect(await logIn('fay', 'a stable of new horses', newAddress(), device)).toBe(loginGuard.firstWait)
  })

  it('waits from a new place no longer than the longest wait, whatever others do meanwhile', async () => {
    await register('hal')
    await attack('hal')
    // Those who wait and come back, again and again.
    for (let n = 0; n < 12; n++) {
      const address = newAddress()
      const wait = Number(await guess('hal', address))
      users.clock.advance(wait * 1000)
      expect(await guess('hal', address)).toBe('credentials_wrong')
    }
    const away = newAddress()
    expect(await logIn('hal', Person.password, away)).toBe(loginGuard.longestWait)
    for (let n = 0; n < 20; n++) await guess('hal')
    users.clock.advance(loginGuard.longestWait * 1000)
    expect(await logIn('hal', Person.password, away)).toBe('fine')
  })

  it('is told how many there were, and since when', async () => {
    const { access_token } = await register('ivy')
    const ivy = createClient({
      baseUrl: users.baseUrl,
      headers: () => ({ authorization: `Bearer ${access_token}` }),
    })
    expect(await ivy.accounts.failedLogins()).toEqual({ count: 0, since: null, last_at: null })
    const since = new Date(users.clock.now()).toISOString()
    await attack('ivy', 3)
    expect(await logIn('ivy', Person.password)).toBe('fine')
    users.clock.advance(60_000)
    await attack('ivy@example.org', 2)
    const last_at = new Date(users.clock.now()).toISOString()
    expect(await ivy.accounts.failedLogins()).toEqual({ count: 5, since, last_at })
  })
})
