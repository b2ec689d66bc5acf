import { type ChallengeDetails, SOLUTION_HEADER, type TintypeError } from '@tintype/contract'
import { Person, startSystem, type TestSystem } from '@tintype/testkit'
import { type Challenge, solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../kit/ids.ts'
import { code, staff } from '../moderation/scene.suite.ts'
import { deleteOldEvents, eventsBefore, insertEvents } from './journal-store.ts'

let system: TestSystem
let [owner, admin, ana] = [] as unknown as [Person, Person, Person]
beforeAll(async () => {
  system = await startSystem({ env: { RATE_LIMIT_MULTIPLIER: '1', TRUST_PROXY: 'true' } })
  ;[owner, admin, ana] = await system.people('olga', 'adam', 'ana')
  await staff(owner, { admin })
}, 180_000)
afterAll(() => system[Symbol.asyncDispose]())

let hosts = 0
/** An address that nobody had before. */
const fresh = () => `198.51.100.${++hosts}`
const at = (address: string, solution?: string) => ({
  headers: { 'x-forwarded-for': address, ...(solution ? { [SOLUTION_HEADER]: solution } : {}) },
})
const logIn = (address: string, login = 'ana', solution?: string, password = Person.password) =>
  system.visitor().api.accounts.login({ ...at(address, solution), body: { login, password } })
const register = (username: string, address: string, solution?: string) =>
  system.visitor().api.accounts.register({
    ...at(address, solution),
    body: { username, email: `${username}@example.org`, password: Person.password },
  })
const mode = async (challenge: 'auto' | 'on' | 'off') => {
  await owner.api.accounts.prove({ body: { password: Person.password } })
  await owner.api.security.changeSettings({ body: { only_listed: false, challenge } })
}

async function asked(call: Promise<unknown>): Promise<ChallengeDetails> {
  const error = await call.then(
    () => expect.fail('nothing was asked'),
    (thrown: unknown) => thrown as TintypeError,
  )
  expect([error.code, error.status]).toEqual(['challenge_required', 403])
  return error.details as unknown as ChallengeDetails
}

async function solve({ challenge }: ChallengeDetails): Promise<string> {
  const solution = await solveChallenge({
    challenge: challenge as unknown as Challenge,
    deriveKey,
    timeout: 0,
  })
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64')
}

describe('a challenge', () => {
  it('lets in who has answered it: once, for its purpose, in time, and as it was put', async () => {
    await mode('on')
    const details = await asked(register('berta', fresh()))
    expect(details).toMatchObject({ purpose: 'register', reason: 'asked', expires_in: 600 })
    const solution = await solve(details)
    expect((await asked(logIn(fresh(), 'ana', solution))).reason).toBe('wrong')
    expect(await code(register('berta', fresh(), solution))).toBe('fine')
    expect((await asked(register('carla', fresh(), solution))).reason).toBe('used')
    for (const nothing of [
      'x',
      'e30=',
      Buffer.from('{"challenge":{"parameters":{"nonce":"a"}},"solution":{}}').toString('base64'),
    ])
      expect((await asked(register('carla', fresh(), nothing))).reason).toBe('wrong')
    const cheaper = {
      ...details,
      challenge: { ...details.challenge, parameters: { ...details.challenge.parameters, keyPrefix: '0' } },
    }
    expect((await asked(register('carla', fresh(), await solve(cheaper)))).reason).toBe('wrong')
    const late = await solve(await asked(register('carla', fresh())))
    system.clock.advance(600_000)
    expect((await asked(register('carla', fresh(), late))).reason).toBe('expired')
  })

  it('is not put to whom the account knows, nor to allowed addresses, nor where the owner wants none', async () => {
    await mode('on')
    expect(await code(logIn('127.0.0.1'))).toBe('fine')
    await asked(logIn(fresh()))
    await asked(logIn(fresh(), 'nobody.at.all'))
    const { rule_id } = await admin.api.security.addAddress({ body: { list: 'allow', range: '192.0.2.1' } })
    expect(await code(logIn('192.0.2.1'))).toBe('fine')
    await admin.api.security.removeAddress({ params: { rule_id } })
    await mode('off')
    expect(await code(logIn(fresh()))).toBe('fine')
    await mode('auto')
    expect(await code(logIn(fresh()))).toBe('fine')
  })
})

describe('an attack', () => {
  it('has its address work, and nobody else, until it is over; it is seen, and ended by one press', async () => {
    await mode('auto')
    const [attacker, honest] = [fresh(), fresh()]
    for (let count = 0; count < 12; count++)
      await code(logIn(attacker, `victim.${count}`, undefined, 'a wrong password'))
    const { reason } = await asked(logIn(attacker))
    expect(reason).toBe('asked')
    expect(await code(logIn(honest))).toBe('fine')

    const { patterns, login_attacked_until } = await admin.api.security.threats()
    expect(login_attacked_until).toBeNull()
    const [seen] = patterns.filter(({ kind }) => kind === 'stuffing')
    expect(seen).toMatchObject({ address: attacker, member: null, is_denied: false })
    expect(seen?.seen).toBeGreaterThan(5)
    const { items } = await owner.api.security.events()
    const refused = items.filter(({ kind, address }) => kind === 'login_refused' && address === attacker)
    expect(refused.reduce((sum, { times }) => sum + times, 0)).toBeGreaterThanOrEqual(10)
    expect(items.some(({ kind, member }) => kind === 'defence_changed' && member?.username === 'olga')).toBe(
      true,
    )
    expect(JSON.stringify([items, patterns])).not.toContain('victim')

    await admin.api.security.addAddress({
      body: { list: 'deny', range: attacker, days: 1, note: 'stuffing' },
    })
    expect(await code(logIn(attacker))).toBe('address_denied')
    expect((await admin.api.security.threats()).patterns[0]).toMatchObject({ is_denied: true })
    system.clock.advance(86_400_000)
    expect(await code(logIn(attacker))).toBe('fine')
    for (const person of [owner, admin, ana]) await person.logIn()
  })

  it('is told to admins and the owner alone, and events to the owner alone', async () => {
    expect(await code(ana.api.security.threats())).toBe('forbidden')
    expect(await code(admin.api.security.events())).toBe('forbidden')
    expect(await code(owner.api.security.events())).toBe('fine')
  })
})

it('events are as many as can be kept', async () => {
  const { db } = system.engines
  const rows = Array.from({ length: 30 }, () => ({
    event_id: newId<never>(system.clock),
    at: new Date(system.clock.now()),
    kind: 'csrf_failed' as const,
    times: 1,
    address: null,
    member_id: null,
  }))
  await insertEvents(db.query, rows)
  await deleteOldEvents(db.query, { before: new Date(0), most: 20 })
  expect(await eventsBefore(db.query, undefined, 100)).toHaveLength(20)
  system.clock.advance(1000)
  await deleteOldEvents(db.query, { before: new Date(system.clock.now()), most: 20 })
  expect(await eventsBefore(db.query, undefined, 100)).toEqual([])
})
