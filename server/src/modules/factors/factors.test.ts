import { type FactorChange, PROOF_SECONDS, secondStep, type TintypeError } from '@tintype/contract'
import { totpCode } from '@tintype/testkit/authenticator'
import { Person } from '@tintype/testkit/person'
import { everythingIn } from '@tintype/testkit/sql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AccountsProcess, startAccounts } from '../accounts/accounts.suite.ts'

let users: AccountsProcess
beforeAll(async () => {
  users = await startAccounts()
  await users.register('first')
})
afterAll(() => users[Symbol.asyncDispose]())

const failure = (work: Promise<unknown>): Promise<TintypeError> =>
  work.then(
    () => Promise.reject(new Error('it went well')),
    (error) => error,
  )
const code = (work: Promise<unknown>) =>
  work.then(
    () => 'fine',
    (error) => error.code,
  )
const api = () => users.visitor().api.accounts
const logIn = (login: string) => api().login({ body: { login, password: Person.password } })

/** An authenticator app, with the clock of the test. */
const appOf =
  (secret: string) =>
  (seconds = 0) =>
    totpCode(secret, users.clock.now() + seconds * 1000)

/** A member whose log-ins ask for a code. Their next code is good: half a minute has gone by. */
async function guarded(name: string) {
  const person = await users.register(name)
  const { secret } = await person.api.factors.beginTotp()
  const app = appOf(secret)
  const { recovery_codes } = await person.api.factors.confirmTotp({ body: { code: app() } })
  users.clock.advance(30_000)
  return { person, app, recovery_codes }
}

async function challengeFor(name: string): Promise<string> {
  const { details } = await failure(logIn(name))
  return String(details?.challenge)
}
const finish = (challenge: string, given: string) =>
  api().finishLogin({
    body: { challenge, ...(given.length > 6 ? { recovery_code: given } : { code: given }) },
  })

const mailsTo = (name: string) => users.mails.filter(({ to }) => to.address === `${name}@example.org`)
const changes = (person: Person): FactorChange[] =>
  users.events.flatMap((event) =>
    event.type === 'user.factors_changed' && event.payload.user_id === person.id
      ? [event.payload.change]
      : [],
  )

describe('an authenticator app', () => {
  it('is asked for only once it has shown that it has the secret', async () => {
    const ana = await users.register('ana')
    const { secret, uri } = await ana.api.factors.beginTotp()
    expect(uri).toMatch(/^otpauth:\/\/totp\/Tintype:ana\?.*secret=[A-Z2-7]{32}/)
    expect(await code(logIn('ana'))).toBe('fine')
    expect(await code(ana.api.factors.confirmTotp({ body: { code: '000000' } }))).toBe('code_wrong')
    expect(await code(logIn('ana'))).toBe('fine')
    const begun = await ana.api.factors.beginTotp()
    // Another secret has taken its place.
    expect(await code(ana.api.factors.confirmTotp({ body: { code: appOf(secret)() } }))).toBe('code_wrong')
    const [given] = appOf(begun.secret)(-30).match(/.{6}/) ?? []
    const reply = await ana.api.factors.confirmTotp({
      body: { code: `${given?.slice(0, 3)} ${given?.slice(3)}` },
    })
    expect(new Set(reply.recovery_codes).size).toBe(10)
    expect(await ana.api.factors.get()).toMatchObject({
      totp_since: expect.any(String),
      recovery_codes_left: 10,
    })
    const refused = await failure(logIn('ana'))
    expect(refused).toMatchObject({
      code: 'second_factor_required',
      status: 401,
      details: { methods: ['totp', 'recovery_code'], expires_in: secondStep.seconds },
    })
    expect(await code(api().login({ body: { login: 'ana', password: 'wrong' } }))).toBe('credentials_wrong')
  })

  it('lets in by a code, each step once, in parallel too', async () => {
    const { person, app } = await guarded('ben')
    const given = app()
    const challenges = [await challengeFor('ben'), await challengeFor('ben')]
    const outcomes = await Promise.all(challenges.map((challenge) => code(finish(challenge, given))))
    expect(outcomes.toSorted()).toEqual(['code_wrong', 'fine'])
    // Nor as a proof, nor an earlier one.
    expect(await code(person.api.accounts.prove({ body: { code: given } }))).toBe('code_wrong')
    expect(await code(person.api.accounts.prove({ body: { code: app(-30) } }))).toBe('code_wrong')
    users.clock.advance(30_000)
    const reply = await finish(await challengeFor('ben'), app())
    expect(reply.user.username).toBe('ben')
    expect(reply.access_token).not.toBeNull()
  })

  it('a challenge is good once, for five tries and ten minutes, and ends with the password', async () => {
    const { person, app, recovery_codes } = await guarded('cai')
    const challenge = await challengeFor('cai')
    for (let n = 0; n < secondStep.tries; n++)
      expect(await code(finish(challenge, recovery_codes[n]?.replace(/./, '0') ?? ''))).toBe('code_wrong')
    expect(await code(finish(challenge, app()))).toBe('challenge_invalid')
    const used = await challengeFor('cai')
    await finish(used, app())
    expect(await code(finish(used, recovery_codes[0] ?? ''))).toBe('challenge_invalid')
    for (const made of ['x', `${used}x`, used.split('.')[0] ?? ''])
      expect(await code(finish(made, app()))).toBe('challenge_invalid')
    const old = await challengeFor('cai')
    users.clock.advance(secondStep.seconds * 1000)
    expect(await code(finish(old, app()))).toBe('challenge_invalid')
    const before = await challengeFor('cai')
    await person.prove()
    await person.api.accounts.changePassword({ body: { new_password: 'purple monkey dishwasher' } })
    expect(await code(finish(before, recovery_codes[1] ?? ''))).toBe('challenge_invalid')
  })

  it('is not asked again for a while after ten wrong codes, whoever knows the password; recovery codes go on', async () => {
    const { app, recovery_codes } = await guarded('dan')
    const wrong = () => String((Number(app()) + 1) % 1_000_000).padStart(6, '0')
    for (let n = 0; n < secondStep.free; n += secondStep.tries) {
      const challenge = await challengeFor('dan')
      for (let m = 0; m < secondStep.tries; m++)
        expect(await code(finish(challenge, wrong()))).toBe('code_wrong')
    }
    const refused = await failure(finish(await challengeFor('dan'), app()))
    expect(refused).toMatchObject({ code: 'rate_limited', details: { retry_after: secondStep.wait } })
    expect(await code(finish(await challengeFor('dan'), recovery_codes[0] ?? ''))).toBe('fine')
    users.clock.advance(secondStep.wait * 1000)
    expect(await code(finish(await challengeFor('dan'), app()))).toBe('fine')
  })

  it('is turned off for who proves that it is them, and every change is mailed', async () => {
    const { person, recovery_codes } = await guarded('eve')
    await users.settle()
    const [, token = ''] = /token=([^\s&]+)/.exec(mailsTo('eve')[0]?.text ?? '') ?? []
    await api().verifyEmail({ body: { token: decodeURIComponent(token) } })
    users.clock.advance(PROOF_SECONDS * 1000)
    expect(await code(person.api.factors.removeTotp())).toBe('step_up_required')
    await person.prove()
    const { recovery_codes: renewed } = await person.api.factors.renewRecoveryCodes()
    expect(await code(finish(await challengeFor('eve'), recovery_codes[0] ?? ''))).toBe('code_wrong')
    await finish(await challengeFor('eve'), renewed[0] ?? '')
    for (let n = 0; n < 2; n++) await person.api.factors.removeTotp()
    expect(await code(logIn('eve'))).toBe('fine')
    expect(await person.api.factors.get()).toMatchObject({ totp_since: null, recovery_codes_left: 0 })
    expect(changes(person)).toEqual(['totp_on', 'codes_renewed', 'code_used', 'totp_off'])
    await users.settle()
    expect(mailsTo('eve').map(({ subject }) => subject.split(' · ')[0])).toEqual([
      'Is this your address?',
      'New recovery codes',
      'A recovery code was used',
      'Log-ins ask for no code any more',
    ])
    expect(await code(person.api.factors.renewRecoveryCodes())).toBe('conflict')
  })
})

it('each recovery code works once, however it is typed, in parallel too', async () => {
  const { person, recovery_codes } = await guarded('fay')
  const [first = '', second = ''] = recovery_codes
  const challenges = [await challengeFor('fay'), await challengeFor('fay')]
  const outcomes = await Promise.all(challenges.map((challenge) => code(finish(challenge, first))))
  expect(outcomes.toSorted()).toEqual(['code_wrong', 'fine'])
  await finish(await challengeFor('fay'), ` ${second.toUpperCase().replace('-', ' ')} `)
  expect(await person.api.factors.get()).toMatchObject({ recovery_codes_left: 8 })
})

it('nothing that proves anything can be read in the database, nor is it in the log', async () => {
  const gil = await users.register('gil')
  const { secret } = await gil.api.factors.beginTotp()
  const { recovery_codes } = await gil.api.factors.confirmTotp({ body: { code: appOf(secret)() } })
  const dump = await everythingIn(users.databaseUrl)
  for (const word of [secret, ...recovery_codes, ...recovery_codes.map((one) => one.replace('-', ''))]) {
    expect(dump).not.toContain(word)
    expect(users.logs.join('\n')).not.toContain(word)
  }
  expect(dump).toContain(gil.id)
})

describe('what is dangerous', () => {
  it('asks for a proof within ten minutes, in this session: by password, or by a code', async () => {
    const { person, app } = await guarded('hal')
    const elsewhere = new Person(users.baseUrl, 'hal', await finish(await challengeFor('hal'), app()))
    const dangerous = () => code(person.api.accounts.changeEmail({ body: { email: 'hal@example.net' } }))
    expect(await dangerous()).toBe('fine')
    users.clock.advance(PROOF_SECONDS * 1000)
    await elsewhere.prove()
    expect(await dangerous()).toBe('step_up_required')
    expect(await code(person.api.accounts.prove({ body: { password: 'wrong' } }))).toBe('password_wrong')
    expect(await code(person.api.accounts.prove({ body: { code: '000000' } }))).toBe('code_wrong')
    expect(await dangerous()).toBe('step_up_required')
    await person.api.accounts.prove({ body: { code: app() } })
    expect(await dangerous()).toBe('fine')
    // A new pair of tokens is no proof.
    users.clock.advance(PROOF_SECONDS * 1000)
    const refresh_token = person.session.refresh_token ?? ''
    const renewed = await api().refresh({ body: { refresh_token } })
    const later = new Person(users.baseUrl, 'hal', renewed)
    expect(await code(later.api.accounts.delete())).toBe('step_up_required')
  })
})
