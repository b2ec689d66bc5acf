import { PROOF_SECONDS } from '@tintype/contract'
import { SoftwareAuthenticator, totpCode } from '@tintype/testkit/authenticator'
import { Person } from '@tintype/testkit/person'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type AccountsProcess, startAccounts } from '../accounts/accounts.suite.ts'

const ORIGIN = 'https://photos.example'
let users: AccountsProcess
beforeAll(async () => {
  users = await startAccounts({ publicUrl: ORIGIN })
  await users.register('first')
})
afterAll(() => users[Symbol.asyncDispose]())

const code = (work: Promise<unknown>) =>
  work.then(
    () => 'fine',
    (error) => error.code,
  )
const api = () => users.visitor().api
const options = async () => (await api().factors.passkeyOptions()) as { challenge: string; rpId: string }
const logIn = async (device: SoftwareAuthenticator, how?: { verified: boolean }) =>
  api().accounts.loginByPasskey({ body: { passkey: device.use(await options(), how) } })

async function addPasskey(person: Person, name: string, device = new SoftwareAuthenticator(ORIGIN)) {
  const asked = (await person.api.factors.newPasskey()) as never
  const added = await person.api.factors.addPasskey({ body: { name, passkey: device.create(asked) } })
  return { device, passkey_id: added.passkey_id }
}

it('lets in alone, and is named, listed with its last use, and removed', async () => {
  const ana = await users.register('ana')
  const phone = await addPasskey(ana, 'My phone')
  const laptop = await addPasskey(ana, 'Laptop')
  users.clock.advance(60_000)
  const reply = await logIn(phone.device)
  expect(reply.user.username).toBe('ana')
  const params = { passkey_id: laptop.passkey_id }
  await ana.api.factors.renamePasskey({ params, body: { name: 'Old laptop' } })
  const { passkeys } = await ana.api.factors.get()
  expect(passkeys.map(({ name, last_used_at }) => [name, last_used_at])).toEqual([
    ['My phone', new Date(users.clock.now()).toISOString()],
    ['Old laptop', null],
  ])
  await ana.api.factors.removePasskey({ params })
  expect(await code(ana.api.factors.removePasskey({ params }))).toBe('not_found')
  expect(await code(logIn(laptop.device))).toBe('passkey_invalid')
  expect(await code(logIn(phone.device))).toBe('fine')
  const other = await users.register('other')
  expect(await code(other.api.factors.removePasskey({ params: { passkey_id: phone.passkey_id } }))).toBe(
    'not_found',
  )
})

it('is the second step and the proof of its member alone', async () => {
  const [ben, eve] = [await users.register('ben'), await users.register('eve')]
  const [mine, theirs] = [await addPasskey(ben, 'Key'), await addPasskey(eve, 'Key')]
  const { secret } = await ben.api.factors.beginTotp()
  await ben.api.factors.confirmTotp({ body: { code: totpCode(secret, users.clock.now()) } })
  const begun = () =>
    api()
      .accounts.login({ body: { login: 'ben', password: Person.password } })
      .catch((error) => error.details)
  const { methods, challenge } = await begun()
  expect(methods).toEqual(['totp', 'recovery_code', 'passkey'])
  const finish = async (device: SoftwareAuthenticator) =>
    api().accounts.finishLogin({ body: { challenge, passkey: device.use(await options()) } })
  expect(await code(finish(theirs.device))).toBe('passkey_invalid')
  expect((await finish(mine.device)).user.username).toBe('ben')
  users.clock.advance(PROOF_SECONDS * 1000)
  const prove = async (device: SoftwareAuthenticator) =>
    ben.api.accounts.prove({ body: { passkey: device.use(await options()) } })
  expect(await code(prove(theirs.device))).toBe('passkey_invalid')
  expect(await code(ben.api.factors.newPasskey())).toBe('step_up_required')
  await prove(mine.device)
  expect(await code(ben.api.factors.newPasskey())).toBe('fine')
  // Both steps in one: what a device has, and the finger that it asked for.
  expect(await code(logIn(mine.device))).toBe('fine')
})

it('is refused where anything of it is not as it should be, and each proof is good once', async () => {
  const cai = await users.register('cai')
  const { device } = await addPasskey(cai, 'Key')
  const by = (passkey: ReturnType<SoftwareAuthenticator['use']>) =>
    code(api().accounts.loginByPasskey({ body: { passkey } }))
  const asked = await options()
  const proof = device.use(asked)
  const same = await Promise.all([by(proof), by(proof)])
  expect(same.toSorted()).toEqual(['fine', 'passkey_invalid'])
  expect(await by(device.use(await options(), { verified: false }))).toBe('passkey_invalid')
  const good = device.use(await options())
  const bad = { ...good, response: { ...good.response, signature: proof.response.signature } }
  expect(await by(bad)).toBe('passkey_invalid')
  expect(await by(device.use({ ...asked, challenge: 'AAAA' }))).toBe('passkey_invalid')
  expect(await by(device.use({ ...(await options()), rpId: 'evil.example' }))).toBe('passkey_invalid')
  // Of another page, made for another purpose, too old, a copy that counts from where the other was.
  const elsewhere = new SoftwareAuthenticator('https://evil.example')
  expect(await code(addPasskey(cai, 'Evil', elsewhere))).toBe('passkey_invalid')
  const creation = await cai.api.factors.newPasskey()
  expect(await by(device.use({ ...asked, challenge: creation.challenge }))).toBe('passkey_invalid')
  const old = device.use(await options())
  users.clock.advance(600_000)
  expect(await by(old)).toBe('passkey_invalid')
  await logIn(device)
  await cai.leave()
  await users.settle()
  expect(await code(logIn(device))).toBe('passkey_invalid')
})
