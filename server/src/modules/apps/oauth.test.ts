import type { GrantId, TopicName } from '@tintype/contract'
import { Live, type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createVault } from '../../kit/vault.ts'
import { AppTokens } from './app-tokens.ts'
import { CALLBACK, code, socketOf, ThirdParty } from './third-party.suite.ts'

let system: TestSystem
/** Another process of the same community. */
let beside: TestSystem
let ana: Person
let ben: Person
let printer: ThirdParty

beforeAll(async () => {
  system = await startSystem()
  beside = await startSystem({ beside: system, env: { ROLES: 'api,realtime' } })
  ;[ana, ben] = await system.people('ana.apps', 'ben.apps')
  printer = await ThirdParty.madeBy(ben)
})
afterAll(async () => {
  await beside[Symbol.asyncDispose]()
  await system[Symbol.asyncDispose]()
})

const home = (app: ThirdParty, token: string, there = system) =>
  code(app.as(token, there.baseUrl).feed.home())

test('an app is asked for, allowed, and reads what its member reads; no more', async () => {
  const { asked, verifier } = printer.request('read follow')
  expect(await ana.api.apps.asked({ query: asked })).toEqual({
    app: {
      app_id: printer.id,
      name: 'Printer',
      website: null,
      made_by: 'ben.apps',
      scopes: ['read', 'follow'],
    },
    returns_to: 'printer.example',
    refused_to: null,
  })
  const { redirect_to } = await ana.api.apps.answer({ body: { ...asked, allow: true } })
  const back = new URL(redirect_to)
  expect(back.origin + back.pathname).toBe(CALLBACK)
  expect(back.searchParams.get('state')).toBe('abc')
  expect(back.searchParams.get('iss')).toBe(system.baseUrl)
  const { status, body } = await printer.redeem(back.searchParams.get('code') ?? '', verifier)
  expect(status).toBe(200)
  expect(body).toEqual({
    access_token: expect.stringMatching(/^tta_/),
    refresh_token: expect.stringMatching(/^ttr_/),
    token_type: 'Bearer',
    expires_in: expect.any(Number),
    scope: 'read follow',
  })
  const app = printer.as(body.access_token)
  expect(await app.members.me()).toMatchObject({ username: 'ana.apps' })
  expect(await app.graph.follow({ params: ben })).toMatchObject({ following: true })
  const post = await ben.share()
  expect(await code(app.engagement.like({ params: post }))).toBe('scope_missing write')
  expect(await code(app.conversations.list())).toBe('scope_missing messages')
  expect(await code(app.accounts.sessions())).toBe('not_for_apps')
  expect(await code(app.developer.createToken({ body: { name: 'x', scopes: ['read'], days: null } }))).toBe(
    'not_for_apps',
  )
  expect(await code(app.apps.answer({ body: { ...asked, allow: true } }))).toBe('not_for_apps')
  const [connected] = await ana.api.apps.connected()
  expect(connected).toMatchObject({ app_id: printer.id, name: 'Printer', scopes: ['read', 'follow'] })
  expect(connected?.last_used_at).not.toBeNull()
})

test('a member is told of an app that is let in, once, and of a token of their own', async () => {
  const [member] = await system.people('is.told')
  const app = await ThirdParty.madeBy(ben, { name: 'Told of' })
  for (const _ of [1, 2]) await app.logIn(member)
  await member.api.developer.createToken({ body: { name: 'Script', scopes: ['read'], days: 1 } })
  const { rows } = await sql<{ grant_id: GrantId }>`
    select payload ->> 'grant_id' as grant_id from events
    where type = 'app.allowed' and payload ->> 'user_id' = ${member.id} order by 1`.execute(
    system.engines.db.query,
  )
  const tokens = new AppTokens({
    ...system.engines,
    clock: system.clock,
    secret: '',
    vault: createVault(''),
  })
  const named = await Promise.all(rows.map(({ grant_id }) => tokens.named(member.id, grant_id)))
  expect(named).toEqual([
    { name: 'Told of', app_id: app.id },
    { name: 'Script', app_id: null },
  ])
})

test('once met, a token costs no question of its own', async () => {
  const { access_token } = await printer.logIn(ana)
  const count = async (token: string) => {
    const sending = vi.spyOn(Object.getPrototypeOf(beside.engines.db.query.getExecutor()), 'executeQuery')
    await printer.as(token, beside.baseUrl).notifications.list()
    const { length } = sending.mock.calls
    sending.mockRestore()
    return length
  }
  // What else the process does meanwhile may ask, too.
  const least = async (token: string) => {
    const counts: number[] = []
    for (let n = 0; n < 5; n++) counts.push(await count(token))
    return Math.min(...counts)
  }
  expect(await least(access_token)).toBe(await least(ana.session.access_token ?? ''))
})

describe('a code', () => {
  test('is good once, and its second use ends what came of the first', async () => {
    const { asked, verifier } = printer.request()
    const one = await printer.codeOf(ana, asked)
    const { body } = await printer.redeem(one, verifier)
    expect(await home(printer, body.access_token)).toBe('fine')
    expect(await home(printer, body.access_token, beside)).toBe('fine')
    expect((await printer.redeem(one, verifier)).body.error).toBe('invalid_grant')
    expect(await home(printer, body.access_token)).toBe('unauthorized')
    await vi.waitFor(async () => expect(await home(printer, body.access_token, beside)).toBe('unauthorized'))
    expect((await printer.refresh(body.refresh_token)).body.error).toBe('invalid_grant')
  })

  test('at the same moment is good once at most', async () => {
    const { asked, verifier } = printer.request()
    const one = await printer.codeOf(ana, asked)
    const replies = await Promise.all([1, 2, 3, 4].map(() => printer.redeem(one, verifier)))
    expect(replies.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1)
    for (const { body } of replies.filter(({ status }) => status === 200))
      expect(await home(printer, body.access_token)).toBe('unauthorized')
  })

  test('is over after a minute, and nothing for another app, address or verifier', async () => {
    const other = await ThirdParty.madeBy(ben, { name: 'Other' })
    const attempt = async (
      by: ThirdParty,
      change: (form: { verifier: string; more: Record<string, string> }) => void,
    ) => {
      const { asked, verifier } = printer.request()
      const form = { verifier, more: {} }
      change(form)
      const { status, body } = await by.redeem(await printer.codeOf(ana, asked), form.verifier, form.more)
      return `${status} ${body.error}`
    }
    expect(await attempt(other, () => {})).toBe('400 invalid_grant')
    expect(await attempt(printer, (form) => Object.assign(form, { verifier: 'x'.repeat(43) }))).toBe(
      '400 invalid_grant',
    )
    expect(await attempt(printer, (form) => Object.assign(form, { verifier: '' }))).toBe('400 invalid_grant')
    expect(await attempt(printer, (form) => Object.assign(form.more, { redirect_uri: `${CALLBACK}/` }))).toBe(
      '400 invalid_request',
    )
    const { asked, verifier } = printer.request()
    const late = await printer.codeOf(ana, asked)
    system.clock.advance(61_000)
    expect((await printer.redeem(late, verifier)).body.error).toBe('invalid_grant')
  })
})

describe('what is asked in a wrong way', () => {
  const answers = async (more: object, allow = true) => {
    const { asked } = printer.request()
    const { redirect_to } = await ana.api.apps.answer({ body: { ...asked, ...more, allow } })
    const { searchParams } = new URL(redirect_to)
    return searchParams.get('error') ?? 'a code'
  }

  test('is told to the app where it comes back', async () => {
    expect(await answers({})).toBe('a code')
    expect(await answers({ code_challenge: undefined })).toBe('invalid_request')
    expect(await answers({ code_challenge: 'short' })).toBe('invalid_request')
    expect(await answers({ code_challenge_method: 'plain' })).toBe('invalid_request')
    expect(await answers({ response_type: 'token' })).toBe('unsupported_response_type')
    expect(await answers({ response_type: undefined })).toBe('invalid_request')
    expect(await answers({ scope: 'read everything' })).toBe('invalid_scope')
    expect(await answers({}, false)).toBe('access_denied')
    const { asked } = printer.request('read everything')
    const { refused_to } = await ana.api.apps.asked({ query: asked })
    expect(new URL(refused_to ?? '').searchParams.get('error')).toBe('invalid_scope')
  })

  test('is told to the member alone where nobody knows who asks, or where it goes', async () => {
    const { asked } = printer.request()
    for (const wrong of [{ client_id: 'nobody' }, { client_id: ana.id }, { redirect_uri: `${CALLBACK}?x` }]) {
      expect(await code(ana.api.apps.asked({ query: { ...asked, ...wrong } }))).toBe('app_request_invalid')
      expect(await code(ana.api.apps.answer({ body: { ...asked, ...wrong, allow: true } }))).toBe(
        'app_request_invalid',
      )
    }
  })

  test('of an app that keeps a secret may do without PKCE, but not go back on it', async () => {
    const server = await ThirdParty.madeBy(ben, { name: 'Server', confidential: true })
    const plain = { code_challenge: undefined, code_challenge_method: undefined }
    const { asked, verifier } = server.request('read', plain)
    const form = { code_verifier: '' }
    expect((await server.redeem(await server.codeOf(ana, asked), '', form)).status).toBe(200)
    expect((await server.redeem(await server.codeOf(ana, asked), verifier)).body.error).toBe('invalid_grant')
    const guarded = server.request()
    const one = await server.codeOf(ana, guarded.asked)
    expect((await server.redeem(one, '', form)).body.error).toBe('invalid_grant')
    const other = await server.codeOf(ana, guarded.asked)
    expect((await server.redeem(other, guarded.verifier, { client_secret: 'guessed' })).body.error).toBe(
      'invalid_client',
    )
  })
})

describe('a refresh token', () => {
  test('is exchanged once; an old one that comes again ends the family', async () => {
    const first = await printer.logIn(ana)
    const second = (await printer.refresh(first.refresh_token)).body
    expect(await home(printer, second.access_token)).toBe('fine')
    // A retry, or another tab: refused, and no more.
    expect((await printer.refresh(first.refresh_token)).body.error).toBe('invalid_grant')
    expect(await home(printer, second.access_token)).toBe('fine')
    const live = await socketOf(system.baseUrl, second.access_token)
    system.clock.advance(11_000)
    expect((await printer.refresh(first.refresh_token)).body.error).toBe('invalid_grant')
    expect(await live.closed).toMatchObject({ code: 4401 })
    expect(await home(printer, second.access_token)).toBe('unauthorized')
    expect((await printer.refresh(second.refresh_token)).body.error).toBe('invalid_grant')
  })

  test('at the same moment is exchanged by one', async () => {
    const { refresh_token } = await printer.logIn(ana)
    const replies = await Promise.all([1, 2, 3, 4].map(() => printer.refresh(refresh_token)))
    const [won, ...more] = replies.filter(({ status }) => status === 200)
    expect(more).toEqual([])
    expect(await home(printer, won?.body.access_token ?? '')).toBe('fine')
  })

  test('gives less where less is asked, never more, and nothing to another app', async () => {
    const wide = await printer.logIn(ana, 'read write')
    const narrow = await printer.post('token', {
      grant_type: 'refresh_token',
      refresh_token: wide.refresh_token,
      scope: 'read',
    })
    expect(narrow.body.scope).toBe('read')
    const more = await printer.post('token', {
      grant_type: 'refresh_token',
      refresh_token: narrow.body.refresh_token,
      scope: 'read messages',
    })
    expect(more.body.error).toBe('invalid_scope')
    const again = await printer.refresh(narrow.body.refresh_token)
    expect(again.body.scope).toBe('read write')
    const other = await ThirdParty.madeBy(ben, { name: 'Another' })
    const { refresh_token } = await printer.logIn(ana)
    expect((await other.refresh(refresh_token)).body.error).toBe('invalid_grant')
  })

  test('access runs out after an hour, and all of it after thirty days without use', async () => {
    const { access_token, refresh_token } = await printer.logIn(ben)
    system.clock.advance(3601_000)
    expect(await home(printer, access_token)).toBe('token_expired')
    const { body } = await printer.refresh(refresh_token)
    expect(await home(printer, body.access_token)).toBe('fine')
    system.clock.advance(31 * 86_400_000)
    expect((await printer.refresh(body.refresh_token)).body.error).toBe('invalid_grant')
    for (const { name, run } of system.system.schedules)
      if (name.startsWith('apps.')) await run(new AbortController().signal)
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from app_tokens where user_id = ${ben.id}`.execute(
      system.engines.db.query,
    )
    expect(rows[0]?.count).toBe(0)
    for (const person of [ana, ben]) await person.logIn()
  })
})

describe('is ended at once, in every process, with its socket,', () => {
  const ends: [
    string,
    (member: Person, app: ThirdParty, tokens: { refresh_token: string }) => Promise<unknown>,
  ][] = [
    ['by the member', (member, app) => member.api.apps.disconnect({ params: { app_id: app.id as never } })],
    ['by the app', (_, app, { refresh_token }) => app.post('revoke', { token: refresh_token })],
    ['by whoever made it', (_, app) => ben.api.developer.remove({ params: { app_id: app.id as never } })],
    ['by log-out everywhere', (member) => member.api.accounts.logoutEverywhere()],
    [
      'by another password',
      async (member) => {
        await member.prove()
        await member.api.accounts.changePassword({ body: { new_password: 'another horse battery staple' } })
      },
    ],
    [
      'by suspension',
      async (member) => {
        await ana.api.moderation.actOnMember({ params: member, body: { act: 'suspend', rule: 'other' } })
      },
    ],
    [
      'by deactivation',
      async (member) => {
        await member.prove()
        await member.api.accounts.deactivate()
      },
    ],
    ['by deletion', (member) => member.leave()],
  ]
  test.each(ends)('%s', async (name, end) => {
    const [member] = await system.people(`m${ends.findIndex(([one]) => one === name)}.ends`)
    const app = await ThirdParty.madeBy(ben, { name: 'Ending' })
    const tokens = await app.logIn(member, 'read push')
    const { asked, verifier } = app.request()
    const pending = await app.codeOf(member, asked)
    expect(await home(app, tokens.access_token, beside)).toBe('fine')
    const live = await socketOf(beside.baseUrl, tokens.access_token)
    await end(member, app, tokens)
    expect(await home(app, tokens.access_token)).toBe('unauthorized')
    expect(await live.closed).toMatchObject({ code: 4401 })
    expect(await home(app, tokens.access_token, beside)).toBe('unauthorized')
    expect((await app.refresh(tokens.refresh_token)).status).not.toBe(200)
    if (!['by the member', 'by the app'].includes(name))
      expect((await app.redeem(pending, verifier)).status).not.toBe(200)
  })

  test('but not by the end of one session', async () => {
    const [member] = await system.people('stays.on')
    const { access_token } = await printer.logIn(member)
    await member.api.accounts.logout()
    expect(await home(printer, access_token)).toBe('fine')
  })
})

test('a socket hears, joins and says what its scopes allow', async () => {
  const { access_token } = await printer.logIn(ana, 'read')
  const messenger = await printer.logIn(ana, 'messages')
  const reading = await socketOf(system.baseUrl, access_token)
  const talking = await socketOf(system.baseUrl, messenger.access_token)
  const own = await Live.of(ana)
  const { conversation_id } = await ben.api.conversations.create({ body: { usernames: [ana.username] } })
  await ben.api.messages.send({
    params: { conversation_id },
    body: { client_message_id: 'hello-there', text: 'hi' },
  })
  await system.settle()
  for (const live of [own, talking]) await live.next('message.created')
  const topic: TopicName = `conversation:${conversation_id}`
  expect(await reading.subscribe(topic)).toBe('scope_missing')
  expect(await talking.subscribe(topic)).toBe('subscribed')
  reading.socket.send(JSON.stringify({ type: 'typing', data: { conversation_id } }))
  expect(await reading.next('refused')).toMatchObject({ data: { code: 'scope_missing' } })
  expect(reading.messages.map(({ type }) => type)).not.toContain('message.created')
  for (const live of [own, reading, talking]) await live.close()
})

test('nothing that opens anything stands in the database', async () => {
  const server = await ThirdParty.madeBy(ben, { name: 'Keeper', confidential: true })
  const { asked } = server.request()
  const secrets = [
    server.secret ?? '',
    await server.codeOf(ana, asked),
    ...Object.values(await server.logIn(ana)).filter((value) => /^tt/.test(String(value))),
    (await server.post('token', { grant_type: 'client_credentials' })).body.access_token,
    String((await server.post('device', {})).body.device_code),
  ]
  expect(secrets).toHaveLength(6)
  const tables = ['apps', 'app_grants', 'app_tokens', 'app_client_tokens', 'app_codes', 'app_device_codes']
  for (const table of tables) {
    const { rows } = await sql<{ text: string }>`
      select row_to_json(t)::text as text from ${sql.table(table)} t`.execute(system.engines.db.query)
    expect(rows.length).toBeGreaterThan(0)
    for (const { text } of rows) for (const secret of secrets) expect(text).not.toContain(secret.slice(4, 40))
  }
})

test('what ends while a member who left is forgotten is not taken for done', async () => {
  const [maker] = await system.people('maker.left')
  await ThirdParty.madeBy(maker)
  const eraser = system.system.consumers.find(({ group }) => group === 'erasure.apps')
  if (!eraser || !('handle' in eraser)) throw new Error('members are forgotten one by one')
  const payload = { user_id: maker.id }
  const gone = { id: 'x', type: 'user.deleted' as const, key: maker.id, payload, at: 0, attempt: 1 }
  await expect(eraser.handle(gone as never, AbortSignal.abort())).rejects.toThrow()
  expect(await maker.api.developer.apps()).toHaveLength(1)
  await eraser.handle(gone as never, new AbortController().signal)
  expect(await maker.api.developer.apps()).toEqual([])
})

test('what an app asks comes to the consent page as it was written, an address with a query of its own too', async () => {
  const query = 'client_id=x&redirect_uri=https://a.example/cb?tenant=1&state=a%20b?c'
  const reply = await fetch(`${system.baseUrl}/oauth/authorize?${query}`, { redirect: 'manual' })
  const q = new URL(reply.headers.get('location') ?? '', system.baseUrl).searchParams.get('q')
  expect(Buffer.from(q ?? '', 'base64url').toString()).toBe(query)
})
