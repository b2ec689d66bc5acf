import { rm, writeFile } from 'node:fs/promises'
import type { NewAddressRule } from '@tintype/contract'
import { type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { code, staff } from '../moderation/scene.suite.ts'
import { parseAddressFile } from './address-file.ts'
import { policyOf } from './address-policy.ts'

let stack: AsyncDisposableStack
let [one, two] = [] as unknown as [TestSystem, TestSystem]
let [owner, admin, ana] = [] as unknown as [Person, Person, Person]
beforeAll(async () => {
  stack = new AsyncDisposableStack()
  const env = { TRUST_PROXY: 'true' }
  one = stack.use(await startSystem({ env }))
  two = stack.use(await startSystem({ env, beside: one }))
  ;[owner, admin, ana] = await one.people('olga', 'adam', 'ana')
  await staff(owner, { admin })
}, 180_000)
afterAll(() => stack.disposeAsync())

/** As a proxy hands it on. */
async function from(address: string, { baseUrl }: TestSystem = one): Promise<number> {
  const reply = await fetch(`${baseUrl}/api/v1/instance`, { headers: { 'x-forwarded-for': address } })
  await reply.body?.cancel()
  return reply.status
}

const add = (body: NewAddressRule, by = admin) => by.api.security.addAddress({ body })
const remove = (rule_id: Awaited<ReturnType<typeof add>>['rule_id'], by = admin) =>
  by.api.security.removeAddress({ params: { rule_id } })
/** As somebody who sits elsewhere. */
const elsewhere = (address: string) => ({ headers: { 'x-forwarded-for': address } })

describe('a rule', () => {
  it('holds at once where it was made, a moment later in every process, and until its end', async () => {
    const rule = await add({ list: 'deny', range: '203.0.113.0/24', note: 'scraper', days: 1 })
    expect(rule).toMatchObject({ range: '203.0.113.0/24', note: 'scraper', created_by: admin.id })
    expect(await from('203.0.113.9')).toBe(403)
    expect(await from('::ffff:203.0.113.9')).toBe(403)
    expect(await from('198.51.100.1, 203.0.113.9')).toBe(403)
    expect(await from('203.0.113.9, 198.51.100.1')).toBe(200)
    await vi.waitFor(async () => expect(await from('203.0.113.9', two)).toBe(403))
    const allowed = await add({ list: 'allow', range: '203.0.113.9' })
    expect(await from('203.0.113.9')).toBe(200)
    expect(await from('203.0.113.10')).toBe(403)
    await remove(allowed.rule_id)
    expect(await from('203.0.113.9')).toBe(403)
    one.clock.advance(86_400_000)
    expect([await from('203.0.113.9'), await from('203.0.113.9', two)]).toEqual([200, 200])
    await Promise.all([owner, admin, ana].map((person) => person.logIn()))
    expect((await owner.api.security.addresses()).rules).toEqual([])
  })

  it('cuts what is open from there, in every process, and nothing else', async () => {
    const opened = (address: string, { baseUrl }: TestSystem) => {
      const socket = new WebSocket(`${baseUrl.replace('http', 'ws')}/api/v1/realtime`, elsewhere(address))
      const heard = (type: 'open' | 'close') =>
        new Promise<void>((resolve) => socket.addEventListener(type, () => resolve(), { once: true }))
      return { socket, isOpen: heard('open'), isClosed: heard('close') }
    }
    const [near, far, other] = [
      opened('203.0.113.9', one),
      opened('203.0.113.9', two),
      opened('198.51.100.9', one),
    ]
    await Promise.all([near.isOpen, far.isOpen, other.isOpen])
    const { rule_id } = await add({ list: 'deny', range: '203.0.113.0/24' })
    await Promise.all([near.isClosed, far.isClosed])
    expect(other.socket.readyState).toBe(WebSocket.OPEN)
    other.socket.close()
    await remove(rule_id)
  })

  it('is told of again by the fact, should whoever made it have died before it was told', async () => {
    const { engines } = one
    await engines.db.tx(async (tx) => {
      const { insertRule } = await import('./address-store.ts')
      const { newId } = await import('../../kit/ids.ts')
      const now = new Date(one.clock.now())
      const row = {
        list: 'deny',
        range: '2001:db8::/32',
        note: '',
        created_by: null,
        created_at: now,
      } as const
      await insertRule(tx, { ...row, rule_id: newId(one.clock), expires_at: null })
      await engines.outbox.append(tx, [{ type: 'security.changed', payload: { user_id: null } }])
    })
    await one.settle()
    await vi.waitFor(async () => expect(await from('2001:db8::1', two)).toBe(403))
    const { rules } = await owner.api.security.addresses()
    for (const { rule_id } of rules) await remove(rule_id)
  })

  it('is no rule where it says nothing, too much, or the same again', async () => {
    expect(await code(add({ list: 'deny', range: 'localhost' }))).toBe('range_invalid')
    expect(await code(add({ list: 'deny', range: '0.0.0.0/1' }))).toBe('range_too_wide')
    expect(await code(add({ list: 'deny', range: '::/8' }))).toBe('range_too_wide')
    const { rule_id } = await add({ list: 'allow', range: '10.0.0.0/8' })
    expect(await code(add({ list: 'allow', range: '10.0.0.0/8' }))).toBe('rule_exists')
    await remove(rule_id)
    expect(await code(remove(rule_id))).toBe('not_found')
  })

  it('is made by admins alone, and stands in the log', async () => {
    expect(await code(add({ list: 'deny', range: '203.0.113.7' }, ana))).toBe('forbidden')
    expect(await code(ana.api.security.addresses())).toBe('forbidden')
    const { rule_id } = await add({ list: 'deny', range: '203.0.113.7' })
    await remove(rule_id)
    const { items } = await owner.api.moderation.audit()
    expect(items.slice(0, 2)).toMatchObject([
      { action: 'undeny', subject_id: rule_id, actor: { username: 'adam' } },
      { action: 'deny', subject_id: rule_id, kind: 'address_rule' },
    ])
    expect(JSON.stringify(items)).not.toContain('203.0.113.7')
    expect((await one.system.verifyAudit()).broken).toBeUndefined()
  })
})

describe('nobody shuts themself out', () => {
  const body = { list: 'deny', range: '198.51.100.0/24' } as const

  it('by a range that holds their own address', async () => {
    const here = elsewhere('198.51.100.7')
    expect(await code(owner.api.security.addAddress({ ...here, body }))).toBe('locks_you_out')
    expect(await from('198.51.100.9')).toBe(200)
    const own = await owner.api.security.addAddress({
      ...here,
      body: { list: 'allow', range: '198.51.100.7' },
    })
    const wide = await owner.api.security.addAddress({ ...here, body })
    expect([await from('198.51.100.9'), await from('198.51.100.7')]).toEqual([403, 200])
    const back = { ...here, params: { rule_id: own.rule_id } }
    expect(await code(owner.api.security.removeAddress(back))).toBe('locks_you_out')
    await remove(wide.rule_id)
    await owner.api.security.removeAddress(back)
  })

  it('by letting in the listed alone; this machine gets in all the same', async () => {
    const here = elsewhere('198.51.100.7')
    const settings = { ...(await owner.api.security.settings()), only_listed: true }
    expect(await code(owner.api.security.changeSettings({ ...here, body: settings }))).toBe('locks_you_out')
    const { rule_id } = await add({ list: 'allow', range: '198.51.100.0/24' })
    await owner.api.security.changeSettings({ ...here, body: settings })
    expect([await from('198.51.100.9'), await from('203.0.113.1'), await from('127.0.0.1')]).toEqual([
      200, 403, 200,
    ])
    await owner.api.security.changeSettings({ body: { ...settings, only_listed: false } })
    expect(await from('203.0.113.1')).toBe(200)
    await remove(rule_id)
  })

  it('nor does one deny the proxy behind which everybody is', () => {
    const rules = [{ list: 'deny' as const, range: '10.0.0.0/8', note: '', expires_at: null }]
    const policy = policyOf({ rules, onlyListed: false }, 0, ['10.1.0.0/16'])
    expect([policy.verdict(0x0a010001), policy.verdict(0x0a020001)]).toEqual([undefined, 'denied'])
  })
})

describe('the file of rules', () => {
  it('is taken as it changes; with a mistake it is told of, and the rules before stand', async () => {
    const path = one.system.config.addressFile
    const file = async () => (await owner.api.security.addresses()).file
    expect(await file()).toBeNull()
    await writeFile(path, '# ours\nallow 192.0.2.0/24\n\ndeny 203.0.113.0/24 until 2999-01-01 # why\n')
    await vi.waitFor(async () => expect(await file()).toEqual({ path, rules: 2, problem: null }), 10_000)
    expect(await from('203.0.113.9')).toBe(403)
    await writeFile(path, 'deny 198.51.100.0/24\ndeny everybody\n')
    await vi.waitFor(async () => expect((await file())?.problem).toContain('line 2'), 10_000)
    expect([await from('203.0.113.9'), await from('198.51.100.9')]).toEqual([403, 200])
    await rm(path)
    await vi.waitFor(async () => expect(await file()).toBeNull(), 10_000)
    expect(await from('203.0.113.9')).toBe(200)
  })

  it.each([
    ['deny', 1],
    ['deny 1.2.3.4\nblock 1.2.3.4', 2],
    ['deny 1.2.3.4 until', 1],
    ['deny 1.2.3.4 until tomorrow', 1],
    ['deny 1.2.3.4 until 2026-13-01', 1],
    ['deny 0.0.0.0/0', 1],
    ['allow 1.2.3.4/33', 1],
  ])('"%s" has a mistake', (text, line) => {
    expect(() => parseAddressFile(text)).toThrow(`line ${line} `)
  })

  it('says until when', () => {
    const [rule] = parseAddressFile('Deny 203.0.113.0/24 until 2027-01-31T10:00:00Z # a # b')
    expect(rule).toMatchObject({ list: 'deny', note: 'a # b', expires_at: new Date('2027-01-31T10:00:00Z') })
  })
})
