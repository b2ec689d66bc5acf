import { type Authenticated, createClient, type OpenIdUnknown, TintypeError } from '@tintype/contract'
import { startSystem, type TestSystem } from '@tintype/testkit'
import { totpCode } from '@tintype/testkit/authenticator'
import { OpenIdIssuer } from '@tintype/testkit/openid-issuer'
import { Person } from '@tintype/testkit/person'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'

const SITE = 'http://photos.test'
const pupils = Object.fromEntries(
  ['ada', 'bob', 'cleo', 'dan', 'eva', 'finn', 'gus', 'hana', 'ivo', 'jan', 'kim', 'lou', 'nina'].map(
    (name) => [
      name,
      { preferred_username: `${name}.school`, name: `${name} Example`, email: `${name}@school.example` },
    ],
  ),
)
let issuer: OpenIdIssuer
let system: TestSystem
let owner: Person
beforeAll(async () => {
  issuer = await OpenIdIssuer.start({
    redirectUri: `${SITE}/auth/openid/callback`,
    pupils: {
      ...pupils,
      ada: { ...pupils.ada, email_verified: true },
      'Zoë Ünique': { preferred_username: 'Zoë Ünique!', email: 'zoe@school.example' },
    },
  })
  system = await startSystem({
    env: { PUBLIC_URL: SITE, OIDC_NAME: 'Example School', ...issuer.settings },
  })
  ;[owner] = await system.people('first')
  await owner.api.community.update({ body: { deletion_days: 0 } })
})
afterAll(async () => {
  await system[Symbol.asyncDispose]()
  await issuer[Symbol.asyncDispose]()
})
beforeEach(() => issuer.open().catch(() => {}))
afterEach(async () => {
  issuer.spoil = undefined
  await owner.logIn()
  await setRegistration('open')
})

/** A browser: keeps what it is given for the way, and comes back from the school with an answer. */
class Tab {
  cookie = ''
  readonly api
  constructor(person?: Person) {
    this.api = createClient({
      baseUrl: owner.baseUrl,
      headers: (): Record<string, string> => ({
        cookie: this.cookie,
        ...(person ? { authorization: `Bearer ${person.session.access_token}` } : {}),
      }),
      fetch: async (url, init) => {
        const reply = await fetch(url, init)
        const kept = reply.headers.getSetCookie().find((line) => line.startsWith('tintype_openid='))
        if (kept) this.cookie = kept.split(';')[0] ?? ''
        return reply
      },
    })
  }

  async comeBack(who: string): Promise<string> {
    const { url } = await this.api.openId.begin()
    return issuer.visit(url, who)
  }

  async enter(who: string): Promise<Authenticated> {
    const answer = await this.comeBack(who)
    return this.api.openId.enter({ body: { answer } })
  }

  /** What somebody is told whom nobody knows here. */
  async unknown(who: string): Promise<OpenIdUnknown> {
    const error = await this.enter(who).catch((failure) => failure)
    if (!(error instanceof TintypeError) || error.code !== 'openid_unknown') throw error
    return error.details as unknown as OpenIdUnknown
  }

  async signUp(who: string, more: { email?: string; invitation?: string } = {}): Promise<Authenticated> {
    const { ticket, username, email, full_name } = await this.unknown(who)
    return this.api.openId.register({ body: { ticket, username, email, full_name, ...more } })
  }
}

const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'fine',
    (error) => error.code,
  )
const openedBy = (session: Authenticated) => new Person(owner.baseUrl, session.user.username, session)
const setRegistration = (registration: 'open' | 'invitation' | 'closed') =>
  owner.api.community.update({ body: { registration } })

/** A member with a password who has linked their log-in at the school. */
async function linked(name: string): Promise<Person> {
  const [person] = await system.people(name)
  const tab = new Tab(person)
  const { url } = await tab.api.openId.beginLink()
  await tab.api.openId.link({ body: { answer: await issuer.visit(url, name) } })
  return person
}

it('says where else members can log in', async () => {
  const { openid } = await new Tab().api.community.get()
  expect(openid).toEqual({ name: 'Example School', sign_up: 'open', only: false })
})

it('makes an account of an unknown person, once, and lets them in from then on', async () => {
  const tab = new Tab()
  const known = await tab.unknown('ada')
  expect(known).toMatchObject({
    username: 'ada.school',
    full_name: 'ada Example',
    email: 'ada@school.example',
    email_verified: true,
    sign_up: 'open',
  })
  const { ticket, username, email } = known
  const body = { ticket, username, email }
  const made = await Promise.allSettled([
    tab.api.openId.register({ body }),
    tab.api.openId.register({ body: { ...body, username: 'ada.again', email: 'other@school.example' } }),
  ])
  const [fine, refused] = made.toSorted((one, other) => one.status.localeCompare(other.status))
  expect([fine?.status, refused?.status]).toEqual(['fulfilled', 'rejected'])
  expect((refused as PromiseRejectedResult).reason.code).toBe('openid_taken')
  const again = await new Tab().enter('ada')
  expect(again.user.user_id).toBe((fine as PromiseFulfilledResult<Authenticated>).value.user.user_id)
  const { items } = await openedBy(again).api.logins.list({ query: {} })
  expect(items.map(({ method }) => method)).toEqual(['openid', 'openid'])
  expect(await code(tab.api.openId.register({ body: { ...body, username: 'ada.third' } }))).toBe(
    'openid_taken',
  )
})

it('takes an address as proven only where the school says so and it is the same', async () => {
  const [bob, cleo] = [
    await new Tab().signUp('bob'),
    await new Tab().signUp('cleo', { email: 'cleo@home.example' }),
  ]
  expect([bob.user.email_verified, cleo.user.email_verified]).toEqual([false, false])
  expect(cleo.user.email).toBe('cleo@home.example')
})

it('knows nobody by their address', async () => {
  const visitor = new Tab()
  const body = { username: 'real.dan', email: 'dan@school.example', password: Person.password }
  await visitor.api.accounts.register({ body })
  expect(await code(visitor.enter('dan'))).toBe('openid_unknown')
  expect(await code(visitor.signUp('dan'))).toBe('email_taken')
})

it('suggests a name that can be taken', async () => {
  const { username, email_verified } = await new Tab().unknown('Zoë Ünique')
  expect([username, email_verified]).toEqual(['zoe.unique', false])
})

it('lets unknown people in as the community lets in others', async () => {
  await setRegistration('invitation')
  expect((await new Tab().unknown('eva')).sign_up).toBe('invitation')
  expect(await code(new Tab().signUp('eva'))).toBe('invitation_invalid')
  const { code: invitation } = await owner.api.community.invite()
  expect(await code(new Tab().signUp('eva', { invitation }))).toBe('fine')
  await setRegistration('closed')
  expect(await code(new Tab().signUp('finn'))).toBe('registration_closed')
  expect(await code(new Tab().enter('eva'))).toBe('fine')
})

it('asks what registration asks: names, bans, words', async () => {
  const tab = new Tab()
  const { ticket, email } = await tab.unknown('finn')
  const [member] = await system.people('some.body')
  const taken = { ticket, email, username: member.username }
  expect(await code(tab.api.openId.register({ body: taken }))).toBe('username_taken')
  const { ban_id } = await owner.api.moderation.ban({
    body: { kind: 'email_domain', value: 'school.example' },
  })
  expect(await code(tab.api.openId.register({ body: { ...taken, username: 'finn' } }))).toBe(
    'registration_banned',
  )
  await owner.api.moderation.unban({ params: { ban_id } })
  expect(await code(tab.api.openId.register({ body: { ticket: 'x', email, username: 'finn' } }))).toBe(
    'openid_expired',
  )
})

it('goes on with the second step where the account has one', async () => {
  const gus = await linked('gus')
  const { secret } = await gus.api.factors.beginTotp()
  await gus.api.factors.confirmTotp({ body: { code: totpCode(secret, system.clock.now()) } })
  const refused = await new Tab().enter('gus').catch((error) => error)
  expect(refused.code).toBe('second_factor_required')
  system.clock.advance(30_000)
  const { challenge } = refused.details
  const body = { challenge, code: totpCode(secret, system.clock.now()) }
  const { user } = await new Tab().api.accounts.finishLogin({ body })
  expect(user.user_id).toBe(gus.id)
})

it('takes an answer once, in the browser that began, in time, and for what it was begun for', async () => {
  const hana = await linked('hana')
  const tab = new Tab()
  const answer = await tab.comeBack('hana')
  const { cookie } = tab
  expect(await code(new Tab().api.openId.enter({ body: { answer } }))).toBe('openid_expired')
  const other = new Tab()
  await other.comeBack('hana')
  expect(await code(other.api.openId.enter({ body: { answer } }))).toBe('openid_expired')
  expect(await code(tab.api.openId.enter({ body: { answer } }))).toBe('fine')
  expect(await code(tab.api.openId.enter({ body: { answer } }))).toBe('openid_expired')
  tab.cookie = cookie
  expect(await code(tab.api.openId.enter({ body: { answer } }))).toBe('openid_expired')
  const late = await tab.comeBack('hana')
  system.clock.advance(600_000)
  expect(await code(tab.api.openId.enter({ body: { answer: late } }))).toBe('openid_expired')
  const own = new Tab(hana)
  const begun = await own.api.openId.beginProof()
  const proof = await issuer.visit(begun.url, 'hana')
  expect(await code(own.api.openId.enter({ body: { answer: proof } }))).toBe('openid_expired')
})

it('believes no token that is not right in all', async () => {
  await linked('ivo')
  const now = Math.floor(Date.now() / 1000)
  const spoilt = {
    'other signature': issuer.forged({ sub: 'ivo', email: 'x@y.example' }),
    'other person under the old signature': issuer.forged({ sub: 'hana' }),
    nonce: issuer.resigned({ nonce: 'another' }),
    audience: issuer.resigned({ aud: 'another' }),
    issuer: issuer.resigned({ iss: 'https://another.example' }),
    expired: issuer.resigned({ iat: now - 7200, exp: now - 3600 }),
    'no algorithm': (token: string) => `${btoa('{"alg":"none"}')}.${token.split('.')[1]}.`,
  }
  for (const [what, spoil] of Object.entries(spoilt)) {
    issuer.spoil = spoil
    expect([what, await code(new Tab().enter('ivo'))]).toEqual([what, 'openid_failed'])
  }
  issuer.spoil = issuer.resigned({})
  expect(await code(new Tab().enter('ivo'))).toBe('fine')
  const tab = new Tab()
  expect(await code(tab.api.openId.enter({ body: { answer: '' } }))).toBe('openid_expired')
  const answer = new URLSearchParams(await tab.comeBack('ivo'))
  answer.set('code', 'another')
  expect(await code(tab.api.openId.enter({ body: { answer: `${answer}` } }))).toBe('openid_failed')
})

it('says so where the school refuses, or does not answer, and goes on once it does', async () => {
  expect(await code(new Tab().enter('nobody'))).toBe('openid_refused')
  await linked('jan')
  const tab = new Tab()
  const answer = await tab.comeBack('jan')
  await issuer.close()
  expect(await code(tab.api.openId.enter({ body: { answer } }))).toBe('openid_away')
  await using other = await startSystem({
    beside: system,
    env: { PUBLIC_URL: SITE, ...issuer.settings },
  })
  const begin = () => code(new Person(other.baseUrl, 'visitor').api.openId.begin())
  expect(await begin()).toBe('openid_away')
  await issuer.open()
  expect(await begin()).toBe('fine')
  expect(await code(new Tab().enter('jan'))).toBe('fine')
})

it('keeps out whom moderators do', async () => {
  await linked('kim')
  await owner.api.moderation.actOnMember({
    params: { username: 'kim' },
    body: { act: 'suspend', rule: 'spam', days: 1 },
  })
  expect(await code(new Tab().enter('kim'))).toBe('account_suspended')
})

it('links one log-in to one account, tells its member, and unlinks it', async () => {
  const lou = await linked('lou')
  const [mia] = await system.people('mia')
  const own = new Tab(mia)
  const link = async (who: string) => {
    const { url } = await own.api.openId.beginLink()
    return code(own.api.openId.link({ body: { answer: await issuer.visit(url, who) } }))
  }
  expect(await link('lou')).toBe('openid_taken')
  expect(await link('finn')).toBe('fine')
  expect(await link('dan')).toBe('conflict')
  expect(await own.api.openId.get()).toMatchObject({ has_password: true, linked_at: expect.any(String) })
  await own.api.openId.unlink()
  expect(await code(own.api.openId.unlink())).toBe('not_found')
  expect(await code(new Tab().enter('finn'))).toBe('openid_unknown')
  // Whose account is gone can come anew.
  await lou.leave()
  await system.settle()
  expect(await code(new Tab().enter('lou'))).toBe('openid_unknown')
})

it('is the proof of who has no password, and not their last way in', async () => {
  const nina = openedBy(await new Tab().signUp('nina'))
  const own = new Tab(nina)
  expect(await own.api.openId.get()).toMatchObject({ has_password: false })
  expect(await code(own.api.openId.unlink())).toBe('openid_last')
  system.clock.advance(700_000)
  const change = () =>
    nina.api.accounts.changePassword({ body: { new_password: 'a horse of another colour' } })
  expect(await code(change())).toBe('step_up_required')
  const prove = async (who: string) => {
    const { url } = await own.api.openId.beginProof()
    return code(own.api.openId.prove({ body: { answer: await issuer.visit(url, who) } }))
  }
  expect(await prove('ivo')).toBe('openid_failed')
  issuer.spoil = issuer.resigned({ auth_time: Math.floor(Date.now() / 1000) - 3600 })
  expect(await prove('nina')).toBe('openid_failed')
  issuer.spoil = undefined
  expect(await code(change())).toBe('step_up_required')
  expect(await prove('nina')).toBe('fine')
  expect(await code(change())).toBe('fine')
  expect(await code(own.api.openId.unlink())).toBe('fine')
})

it('can be the only way in but for the owner, and let in whom the school knows', async () => {
  await setRegistration('closed')
  await using only = await startSystem({
    beside: system,
    env: { PUBLIC_URL: SITE, OIDC_ONLY: 'true', OIDC_SIGN_UP: 'open', ...issuer.settings },
  })
  const { api } = new Person(only.baseUrl, 'visitor')
  const [login, password] = ['first', Person.password]
  expect(await code(api.accounts.login({ body: { login, password } }))).toBe('fine')
  expect(await code(api.accounts.login({ body: { login: 'ivo', password } }))).toBe('openid_only')
  expect(await code(api.accounts.login({ body: { login: 'ivo', password: 'wrong' } }))).toBe(
    'credentials_wrong',
  )
  const body = { username: 'new.one', email: 'new@home.example', password }
  expect(await code(api.accounts.register({ body }))).toBe('openid_only')
  expect((await api.community.get()).openid).toMatchObject({ sign_up: 'open', only: true })
})

it('is not there where it is not set', async () => {
  await using plain = await startSystem({ beside: system })
  const { api } = new Person(plain.baseUrl, 'visitor')
  expect(await code(api.openId.begin())).toBe('not_found')
  expect((await api.community.get()).openid).toBeUndefined()
})
