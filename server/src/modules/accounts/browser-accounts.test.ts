import {
  BROWSER_ACCOUNTS,
  type Client,
  createClient,
  MEMBER_HEADER,
  type TintypeError,
} from '@tintype/contract'
import { Person } from '@tintype/testkit/person'
import { parseSetCookie } from 'cookie'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type AccountsProcess, startAccounts } from './accounts.suite.ts'

let users: AccountsProcess
beforeAll(async () => {
  users = await startAccounts()
})
afterAll(() => users[Symbol.asyncDispose]())

const own = { 'x-tintype-session': 'cookie', 'x-tintype-csrf': '1' }

/** With its cookies, as the web app asks. */
class Browser {
  readonly jar = new Map<string, string>()
  readonly api: Client
  /** Whom its page shows. */
  shows: string | undefined

  constructor(headers: Record<string, string> = own) {
    this.api = createClient({
      baseUrl: users.baseUrl,
      headers: () => ({
        ...headers,
        cookie: [...this.jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(this.shows ? { [MEMBER_HEADER]: this.shows } : {}),
      }),
      fetch: async (input, init) => {
        const response = await fetch(input, init)
        for (const { name, value = '', maxAge } of response.headers
          .getSetCookie()
          .map((line) => parseSetCookie(line)))
          if (maxAge === 0) this.jar.delete(name)
          else this.jar.set(name, value)
        return response
      },
    })
  }

  logIn = (person: Person) =>
    this.api.accounts.login({ body: { login: person.username, password: Person.password } })
  /** As the web app adds an account. */
  async add(person: Person): Promise<void> {
    await this.api.browser.park()
    await this.logIn(person)
  }
  switchTo = (person: Person) => this.api.browser.switchTo({ body: { user_id: person.id } })
  /** Names, the one in use in capitals. */
  async accounts(): Promise<string[]> {
    const all = await this.api.browser.accounts()
    return all.map(({ user, current }) => (current ? user.username.toUpperCase() : user.username))
  }
  who = async () => (await this.api.members.me()).username
}

const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'fine',
    (error: TintypeError) => error.code,
  )
/** As `accounts` says it. */
const used = ({ username }: Person) => username.toUpperCase()
const two = async (one: string, other: string) => {
  const [ana, ben] = [await users.register(one), await users.register(other)]
  const browser = new Browser()
  await browser.logIn(ana)
  await browser.add(ben)
  return { ana, ben, browser }
}

it('a browser adds an account without logging out, and goes from one to the other', async () => {
  const { ana, ben, browser } = await two('ana', 'ben')
  expect(await browser.accounts()).toEqual([used(ben), ana.username])
  expect(await browser.who()).toBe(ben.username)
  const { user, access_token } = await browser.switchTo(ana)
  expect([user.username, access_token]).toEqual([ana.username, null])
  expect(await browser.who()).toBe(ana.username)
  expect(await browser.accounts()).toEqual([used(ana), ben.username])
  for (const person of [ben, ana, ben]) await browser.switchTo(person)
  expect(await browser.who()).toBe(ben.username)
  // Each has a session as any other.
  expect((await ana.api.accounts.sessions()).length).toBe(2)
})

it('a switch is the browser’s own: not another site’s, and of no account that it is not logged in to', async () => {
  const { ana, ben, browser } = await two('cleo', 'dora')
  const [stranger] = [await users.register('edda')]
  expect(await code(browser.switchTo(stranger))).toBe('account_not_here')
  expect(await code(browser.api.browser.leave({ body: { user_id: stranger.id } }))).toBe('account_not_here')
  const elsewhere = new Browser({})
  for (const [name, value] of browser.jar) elsewhere.jar.set(name, value)
  expect(await code(elsewhere.switchTo(ana))).toBe('csrf_failed')
  for (const change of ['park', 'leaveAll'] as const)
    expect(await code(elsewhere.api.browser[change]())).toBe('csrf_failed')
  expect(await code(elsewhere.api.browser.leave({ body: { user_id: ben.id } }))).toBe('csrf_failed')
  // Of what nobody here has signed nothing comes.
  const forger = new Browser()
  forger.jar.set('tintype_parked', `${Buffer.from(`${ana.id}.${ana.id}.1`).toString('base64url')}.x~y~`)
  expect(await forger.accounts()).toEqual([])
  expect(await code(forger.switchTo(ana))).toBe('account_not_here')
})

it('a log-out of one leaves the other, whichever is in use', async () => {
  const { ana, ben, browser } = await two('finn', 'gus')
  await browser.api.accounts.logout()
  expect(await code(browser.who())).toBe('unauthorized')
  expect(await browser.accounts()).toEqual([ana.username])
  await browser.switchTo(ana)
  await browser.add(ben)
  await browser.api.browser.leave({ body: { user_id: ana.id } })
  expect([await browser.who(), await browser.accounts()]).toEqual([ben.username, [used(ben)]])
  // Only the one that the test registered with is left.
  expect(await ana.api.accounts.sessions()).toHaveLength(1)
})

it('a log-out of all ends the sessions of all in this browser alone', async () => {
  const { ana, ben, browser } = await two('hana', 'ivan')
  await browser.api.browser.leaveAll()
  expect(browser.jar.has('tintype_refresh') || browser.jar.has('tintype_parked')).toBe(false)
  for (const person of [ana, ben]) expect(await person.api.accounts.sessions()).toHaveLength(1)
})

it('a session that ended elsewhere is no account of the browser any more', async () => {
  const { ana, ben, browser } = await two('jana', 'kurt')
  await ana.api.accounts.logoutEverywhere()
  expect(await browser.accounts()).toEqual([used(ben)])
  expect(await code(browser.switchTo(ana))).toBe('account_not_here')
  expect(await browser.who()).toBe(ben.username)
})

it('an account that is logged in to again stands there once, by its new session', async () => {
  const { ana, ben, browser } = await two('lea', 'milo')
  await browser.add(ana)
  expect(await browser.accounts()).toEqual([used(ana), ben.username])
  expect(await ana.api.accounts.sessions()).toHaveLength(2)
  await browser.switchTo(ben)
  expect(await browser.accounts()).toEqual([used(ben), ana.username])
  // Renewing is no log-in.
  await browser.api.accounts.refresh({ body: {} })
  expect(await browser.accounts()).toEqual([used(ben), ana.username])
})

it('a browser has five accounts at most', async () => {
  const people = await Promise.all(
    ['nia', 'odin', 'pia', 'quin', 'rosa'].slice(0, BROWSER_ACCOUNTS).map((name) => users.register(name)),
  )
  const browser = new Browser()
  for (const person of people) await browser.add(person)
  expect(await browser.accounts()).toHaveLength(BROWSER_ACCOUNTS)
  expect(await code(browser.api.browser.park())).toBe('too_many_accounts')
  expect(await browser.who()).toBe(people.at(-1)?.username)
})

it('a page that shows one member does nothing as another', async () => {
  const { ana, ben, browser } = await two('sven', 'tara')
  browser.shows = ana.id
  expect(await code(browser.who())).toBe('other_member')
  expect(await code(browser.api.members.update({ body: { bio: 'not mine' } }))).toBe('other_member')
  browser.shows = ben.id
  expect(await browser.who()).toBe(ben.username)
})
