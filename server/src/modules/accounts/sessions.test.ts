import { type Authenticated, createClient, type SessionId } from '@tintype/contract'
import { Cable } from '@tintype/testkit/cable'
import { Person } from '@tintype/testkit/person'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type AccountsProcess, startAccounts } from './accounts.suite.ts'

let users: AccountsProcess
let second: AccountsProcess
beforeAll(async () => {
  users = await startAccounts()
  second = await startAccounts({ beside: users })
})
afterAll(async () => {
  await second[Symbol.asyncDispose]()
  await users[Symbol.asyncDispose]()
})

const refresh = (session: { refresh_token: string | null }, at = users) =>
  at.visitor().api.accounts.refresh({ body: { refresh_token: session.refresh_token ?? '' } })
const code = (work: Promise<unknown>) =>
  work.then(
    () => 'fine',
    (error) => error.code,
  )
const with_ = (session: Authenticated, at = users) => new Person(at.baseUrl, 'whoever', session)
const sessionOf = (session: Authenticated): SessionId =>
  JSON.parse(Buffer.from(session.access_token?.split('.')[1] ?? '', 'base64url').toString()).sid

/** Until it is true. */
async function until(what: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000
  while (!(await what())) {
    if (Date.now() > deadline) throw new Error('it did not come to be within ten seconds')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

describe('tokens', () => {
  it('are good for an hour, and refused when anything in them is changed', async () => {
    const ana = await users.register('ana')
    const token = ana.session.access_token ?? ''
    const asWith = (changed: string) =>
      code(with_({ ...ana.session, access_token: changed }).api.members.me())
    expect(await asWith(token)).toBe('fine')
    const [header, claims = '', signature] = token.split('.')
    const other = Buffer.from(
      Buffer.from(claims, 'base64url')
        .toString()
        .replace(/"exp":\d/, '"exp":9'),
    ).toString('base64url')
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')
    for (const forged of [
      `${header}.${other}.${signature}`,
      `${none}.${claims}.`,
      `${header}.${claims}.`,
      ana.session.refresh_token ?? '',
      'x',
    ])
      expect(await asWith(forged)).toBe('unauthorized')
    users.clock.advance(3_600_000)
    expect(await asWith(token)).toBe('token_expired')
  })

  it('are renewed for seven days at a time', async () => {
    const ben = await users.register('ben')
    let session: Authenticated = ben.session
    for (let week = 0; week < 3; week++) {
      users.clock.advance(6.9 * 86_400_000)
      session = await refresh(session)
    }
    expect((await with_(session).api.members.me()).username).toBe('ben')
    users.clock.advance(7 * 86_400_000)
    expect(await code(refresh(session))).toBe('refresh_invalid')
  })

  it('that are no refresh tokens of ours are refused', async () => {
    const cora = await users.register('cora')
    const { access_token, refresh_token } = cora.session
    for (const bad of ['', 'x', 'x.y', access_token, `${refresh_token}x`, `x${refresh_token}`])
      expect(await code(refresh({ refresh_token: bad }))).toBe('refresh_invalid')
    expect(await code(refresh(cora.session))).toBe('fine')
  })
})

describe('an old refresh token', () => {
  it('ends the session for whoever holds it: thief and member both', async () => {
    const dan = await users.register('dan')
    const stolen = dan.session
    const renewed = await refresh(stolen)
    users.clock.advance(60_000)
    expect(await code(refresh(stolen))).toBe('refresh_reused')
    expect(await code(refresh(renewed))).toBe('refresh_invalid')
    expect(await code(with_(renewed).api.members.me())).toBe('unauthorized')
    expect(await code(with_(stolen).api.members.me())).toBe('unauthorized')
  })

  it('two behind is never taken for a race', async () => {
    const eva = await users.register('eva')
    const next = await refresh(eva.session)
    await refresh(next)
    expect(await code(refresh(eva.session))).toBe('refresh_reused')
  })

  it('brought by two tabs at once, on two processes, logs nobody out', async () => {
    const fay = await users.register('fay')
    const renewed = await Promise.all([
      ...Array.from({ length: 5 }, () => refresh(fay.session, users)),
      ...Array.from({ length: 5 }, () => refresh(fay.session, second)),
    ])
    const tokens = new Set(renewed.map(({ refresh_token }) => refresh_token))
    expect(tokens.size).toBe(1)
    users.clock.advance(9000)
    const late = await refresh(fay.session)
    expect(late.refresh_token).toBe([...tokens][0])
    expect(await code(refresh(late))).toBe('fine')
    expect(await code(with_(late).api.members.me())).toBe('fine')
  })
})

describe('sessions', () => {
  it('are listed with where they were begun, and one can be ended', async () => {
    const gus = await users.register('gus')
    const other = await users.visitor().api.accounts.login({
      body: { login: 'gus', password: Person.password },
      headers: { 'user-agent': 'Camera/1', 'x-forwarded-for': '203.0.113.9' },
    })
    const list = await gus.api.accounts.sessions()
    expect(list).toHaveLength(2)
    const theirs = list.find(({ current }) => !current)
    expect(theirs).toMatchObject({ user_agent: 'Camera/1', ip: '203.0.113.9', session_id: sessionOf(other) })
    const params = { session_id: sessionOf(other) }
    await gus.api.accounts.revokeSession({ params })
    expect(await code(gus.api.accounts.revokeSession({ params }))).toBe('not_found')
    expect(await code(with_(other).api.members.me())).toBe('unauthorized')
    expect(await code(refresh(other))).toBe('refresh_invalid')
    expect(await code(gus.api.members.me())).toBe('fine')
  })

  it('of others cannot be ended', async () => {
    const [hal, ivy] = [await users.register('hal'), await users.register('ivy')]
    const params = { session_id: sessionOf(ivy.session) }
    expect(await code(hal.api.accounts.revokeSession({ params }))).toBe('not_found')
    expect(await code(ivy.api.members.me())).toBe('fine')
  })

  it('that end are over in every process at once', async () => {
    const jan = await users.register('jan')
    const elsewhere = with_(jan.session, second)
    const ended: unknown[] = []
    using _ = second.accounts.onSessionsEnded((ids) => ended.push(...ids))
    expect(await code(elsewhere.api.members.me())).toBe('fine')
    await jan.api.accounts.logoutEverywhere()
    expect(await code(jan.api.members.me())).toBe('unauthorized')
    await until(async () => (await code(elsewhere.api.members.me())) === 'unauthorized')
    expect(ended).toEqual([sessionOf(jan.session)])
  })

  it('log out one by one', async () => {
    const kai = await users.register('kai')
    const other = await users
      .visitor()
      .api.accounts.login({ body: { login: 'kai', password: Person.password } })
    await kai.api.accounts.logout()
    expect(await code(kai.api.members.me())).toBe('unauthorized')
    expect(await code(with_(other).api.members.me())).toBe('fine')
  })

  it('note their use when they are renewed', async () => {
    const lea = await users.register('lea')
    const began = users.clock.now()
    const active = async () => (await users.members.lastActive([lea.id])).get(lea.id)?.getTime()
    users.clock.advance(3_000_000)
    await lea.api.members.me()
    expect(await active()).toBe(began)
    const renewed = await refresh(lea.session)
    expect(await active()).toBe(began + 3_000_000)
    const [session] = await with_(renewed).api.accounts.sessions()
    expect(Date.parse(session?.last_used_at ?? '')).toBe(began + 3_000_000)
  })
})

describe('where the Broadcast between processes is held up', () => {
  let cable: Cable
  let cutOff: AccountsProcess
  beforeEach(async () => {
    cable = await Cable.lay(users.databaseUrl)
    cutOff = await startAccounts({ beside: users, cable })
  })
  afterEach(async () => {
    cable.release()
    await cutOff[Symbol.asyncDispose]()
    await cable.cut()
  })

  const changes: [string, (person: Person) => Promise<unknown>][] = [
    ['a log-out', (person) => person.api.accounts.logout()],
    ['a log-out everywhere', (person) => person.api.accounts.logoutEverywhere()],
    [
      'a changed password',
      (person) =>
        person.api.accounts.changePassword({
          body: { new_password: 'another horse, another staple' },
        }),
    ],
    [
      'the end of one session',
      async (person) => {
        const session = (await person.api.accounts.sessions()).find(({ current }) => !current)
        await person.api.accounts.revokeSession({
          params: { session_id: session?.session_id ?? ('' as never) },
        })
      },
    ],
    ['a deletion', (person) => person.leave()],
  ]

  it('who ends a session gets their answer all the same, and the fact ends it elsewhere', async () => {
    for (const [at, [what, change]] of changes.entries()) {
      const person = await users.register(`rob.${at}`)
      const other = await users
        .visitor()
        .api.accounts.login({ body: { login: person.username, password: Person.password } })
      // Whichever of the two the change ends.
      const both = [person.session, other].map((session) => with_(session, second))
      for (const one of both) expect(await code(one.api.accounts.sessions())).toBe('fine')
      await with_(person.session, cutOff).api.members.me()
      cable.hold()
      // Held, it would hang for ever.
      await change(with_(person.session, cutOff))
      expect(await Promise.all(both.map((one) => code(one.api.accounts.sessions()))), what).toEqual([
        'fine',
        'fine',
      ])
      await second.settle()
      const ended = async () =>
        (await Promise.all(both.map((one) => code(one.api.accounts.sessions())))).includes('unauthorized')
      await until(ended)
      cable.release()
      await vi.waitFor(() => expect(cutOff.isHearing()).toBe(true))
    }
  }, 120_000)

  it('a process that does not hear looks sessions up again within seconds', async () => {
    const sam = await users.register('sam')
    const there = with_(sam.session, cutOff)
    expect(await code(there.api.members.me())).toBe('fine')
    cable.hold()
    await sam.api.accounts.logoutEverywhere()
    expect(await code(there.api.members.me())).toBe('fine')
    await vi.waitFor(async () => expect(await code(there.api.members.me())).toBe('unauthorized'), 20_000)
  }, 60_000)
})

describe('the web app', () => {
  /** What a browser does with cookies. */
  function browser(at: AccountsProcess, headers: Record<string, string> = {}) {
    const jar = new Map<string, string>()
    const seen: string[] = []
    const client = createClient({
      baseUrl: at.baseUrl,
      headers: () => ({
        'x-tintype-session': 'cookie',
        'x-tintype-csrf': '1',
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...headers,
      }),
      async fetch(...input) {
        const reply = await fetch(...input)
        for (const line of reply.headers.getSetCookie()) {
          seen.push(line)
          const [name = '', value = ''] = line.split(';', 1)[0]?.split('=') ?? []
          if (line.includes('Max-Age=0')) jar.delete(name)
          else jar.set(name, value)
        }
        return reply
      },
    })
    return { client, jar, seen }
  }

  it('keeps its tokens where no script can read them', async () => {
    await users.register('mia')
    const { client, jar, seen } = browser(users)
    const reply = await client.accounts.login({ body: { login: 'mia', password: Person.password } })
    expect([reply.access_token, reply.refresh_token]).toEqual([null, null])
    for (const line of seen) expect(line).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/)
    expect((await client.members.me()).username).toBe('mia')
    users.clock.advance(3_600_000)
    expect(await code(client.members.me())).toBe('token_expired')
    await client.accounts.refresh({ body: {} })
    expect((await client.members.me()).username).toBe('mia')
    await client.accounts.logout()
    expect([...jar.keys()]).toEqual(['tintype_device'])
    expect(await code(client.members.me())).toBe('unauthorized')
  })

  it('loses the cookies of a session that is over', async () => {
    await users.register('noa')
    const { client, jar } = browser(users)
    await client.accounts.login({ body: { login: 'noa', password: Person.password } })
    users.clock.advance(8 * 86_400_000)
    expect(await code(client.accounts.refresh({ body: {} }))).toBe('refresh_invalid')
    expect([...jar.keys()]).toEqual(['tintype_device'])
    expect(await code(client.community.get())).toBe('fine')
  })

  it('guards its cookies on https', async () => {
    await using secure = await startAccounts({ publicUrl: 'https://photos.example' })
    const { client, seen } = browser(secure)
    await client.accounts.register({
      body: { username: 'oda', email: 'oda@example.org', password: Person.password },
    })
    expect(seen).toHaveLength(3)
    for (const line of seen) expect(line).toMatch(/^__Host-tintype_\w+=.*; Path=\/; HttpOnly; Secure;/)
  })

  it.each([
    [
      'logging in',
      (client: ReturnType<typeof createClient>) =>
        client.accounts.login({ body: { login: 'pia', password: Person.password } }),
    ],
    ['renewing', (client: ReturnType<typeof createClient>) => client.accounts.refresh({ body: {} })],
  ])('is the only one that may begin a session in a browser: %s', async (_, work) => {
    await users.register('pia').catch(() => 'registered before')
    const { client, jar } = browser(users)
    await client.accounts.login({ body: { login: 'pia', password: Person.password } })
    const foreign = browser(users, { 'sec-fetch-site': 'cross-site' })
    for (const [name, value] of jar) foreign.jar.set(name, value)
    expect(await code(work(foreign.client))).toBe('csrf_failed')
  })
})
