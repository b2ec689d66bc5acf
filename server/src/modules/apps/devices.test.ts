import { appLimits, limits, type Scope } from '@tintype/contract'
import { type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { staff } from '../moderation/scene.suite.ts'
import { CALLBACK, code, DEVICE, type Reply, ThirdParty } from './third-party.suite.ts'

let system: TestSystem
let olga: Person
let ana: Person
let ben: Person
let cli: ThirdParty

beforeAll(async () => {
  system = await startSystem()
  ;[olga, ana, ben] = await system.people('olga.devices', 'ana.devices', 'ben.devices')
  cli = await ThirdParty.madeBy(ben, { name: 'Command line', redirect_uris: [] })
})
afterAll(() => system[Symbol.asyncDispose]())

describe('a device', () => {
  const begin = async (form: Record<string, string> = {}) => (await cli.post('device', form)).body
  const poll = async ({ device_code }: Reply, by = cli) => {
    const { body } = await by.post('token', { grant_type: DEVICE, device_code: String(device_code) })
    return body.error ?? body.access_token
  }
  const answer = (user_code: unknown, allow: boolean) =>
    code(ana.api.apps.answerDevice({ body: { user_code: String(user_code), allow } }))

  test('shows a code, waits, and is let in by the member who types it', async () => {
    const shown = await begin({ scope: 'read write' })
    expect(shown).toMatchObject({
      user_code: expect.stringMatching(/^[B-Z]{4}-[B-Z]{4}$/),
      verification_uri: `${system.baseUrl}/oauth/activate`,
      verification_uri_complete: `${system.baseUrl}/oauth/activate?code=${shown.user_code}`,
      expires_in: 600,
      interval: 5,
    })
    expect(await poll(shown)).toBe('authorization_pending')
    expect(await poll(shown)).toBe('slow_down')
    system.clock.advance(5000)
    const typed = String(shown.user_code).toLowerCase().replace('-', ' ')
    expect(await ana.api.apps.askedByDevice({ query: { user_code: typed } })).toMatchObject({
      name: 'Command line',
      made_by: 'ben.devices',
      scopes: ['read', 'write'],
    })
    expect(await answer(typed, true)).toBe('fine')
    const token = await poll(shown)
    expect((await cli.as(token).members.me()).username).toBe('ana.devices')
    system.clock.advance(5000)
    expect(await poll(shown)).toBe('invalid_grant')
  })

  test('is let in once, however many ask at the same moment', async () => {
    const shown = await begin()
    await answer(shown.user_code, true)
    const outcomes = await Promise.all([poll(shown), poll(shown), poll(shown)])
    expect(outcomes.filter((one) => one.startsWith('tta_'))).toHaveLength(1)
  })

  test('is told no, and that its time is over; a code is answered once, and nobody else’s helps', async () => {
    const refused = await begin()
    expect(await answer(refused.user_code, false)).toBe('fine')
    expect(await answer(refused.user_code, true)).toBe('device_code_unknown')
    expect(await poll(refused)).toBe('access_denied')
    const late = await begin()
    system.clock.advance(601_000)
    expect(await answer(late.user_code, true)).toBe('device_code_unknown')
    expect(await poll(late)).toBe('expired_token')
    const other = await ThirdParty.madeBy(ben, { name: 'Other' })
    expect(await poll(await begin(), other)).toBe('invalid_grant')
    const own = await begin()
    expect(await poll({ ...own, device_code: `${String(own.device_code).slice(0, -1)}!` })).toBe(
      'invalid_grant',
    )
    expect((await begin({ scope: 'read everything' })).error).toBe('invalid_scope')
    expect(await answer('ABCDEFGH', true)).toBe('device_code_unknown')
  })
})

describe('an app in nobody’s name', () => {
  test('sees what a visitor sees', async () => {
    const server = await ThirdParty.madeBy(ben, { name: 'Server', confidential: true })
    const reply = await server.post('token', { grant_type: 'client_credentials' })
    expect(reply.body).toMatchObject({ scope: 'read', token_type: 'Bearer' })
    expect(reply.body.refresh_token).toBeUndefined()
    const [open, locked] = [await ana.share(), await ben.share()]
    await ben.goPrivate()
    await system.settle()
    const app = server.as(reply.body.access_token)
    const visitor = system.visitor().api
    for (const api of [app, visitor]) {
      expect(await code(api.posts.get({ params: open }))).toBe('fine')
      expect(await code(api.posts.get({ params: locked }))).toBe('not_found')
      expect(await code(api.feed.home())).toBe('unauthorized')
      expect(await code(api.engagement.like({ params: open }))).toBe('unauthorized')
    }
    await ben.goPublic()
    expect(
      (await server.post('token', { grant_type: 'client_credentials', scope: 'write' })).body.error,
    ).toBe('invalid_scope')
    await server.post('revoke', { token: reply.body.access_token })
    expect(await code(app.posts.get({ params: open }))).toBe('unauthorized')
    expect((await cli.post('token', { grant_type: 'client_credentials' })).status).toBe(400)
  })
})

test('an app that keeps a secret looks into its own tokens, and nobody else’s', async () => {
  const server = await ThirdParty.madeBy(ben, { name: 'Looking', confidential: true })
  const tokens = await server.logIn(ana, 'read follow')
  const look = async (token: string, by = server) => (await by.post('introspect', { token })).body
  expect(await look(tokens.access_token)).toEqual({
    active: true,
    client_id: server.id,
    scope: 'read follow',
    token_type: 'Bearer',
    exp: expect.any(Number),
    sub: ana.id,
    username: 'ana.devices',
  })
  expect(await look(tokens.refresh_token)).toMatchObject({ active: true, token_type: 'refresh_token' })
  const other = await ThirdParty.madeBy(ben, { name: 'Prying', confidential: true })
  for (const token of [tokens.access_token, tokens.refresh_token]) {
    expect(await look(token, other)).toEqual({ active: false })
    await other.post('revoke', { token })
  }
  for (const token of ['nothing', ana.session.access_token ?? '', `${tokens.access_token}x`])
    expect(await look(token)).toEqual({ active: false })
  expect((await cli.post('introspect', { token: tokens.access_token })).body.error).toBe('invalid_client')
  expect(
    (await server.post('introspect', { token: tokens.access_token, client_secret: 'guessed' })).status,
  ).toBe(401)
  expect((await server.post('revoke', { token: tokens.refresh_token })).status).toBe(200)
  expect(await look(tokens.access_token)).toEqual({ active: false })
  expect((await server.post('revoke', { token: 'nothing' })).status).toBe(200)
})

describe('an app that registers itself', () => {
  const register = async (metadata: object, baseUrl = system.baseUrl) => {
    const reply = await fetch(`${baseUrl}/oauth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(metadata),
    })
    return { status: reply.status, body: (await reply.json()) as Record<string, unknown> & { error: string } }
  }
  const metadata = {
    client_name: 'Printer',
    redirect_uris: [CALLBACK],
    token_endpoint_auth_method: 'none',
    scope: 'read',
  }

  test('finds out how, is known from then on, and nobody answers for its name', async () => {
    const found = await (await fetch(`${system.baseUrl}/.well-known/oauth-authorization-server`)).json()
    expect(found).toMatchObject({
      issuer: system.baseUrl,
      registration_endpoint: `${system.baseUrl}/oauth/register`,
      code_challenge_methods_supported: ['S256'],
    })
    const { status, body } = await register({ ...metadata, software_id: 'unknown to us' })
    expect([status, body.client_secret]).toEqual([201, undefined])
    const app = new ThirdParty(system.baseUrl, {
      app: { app_id: body.client_id } as never,
      client_secret: null,
    })
    const { asked } = app.request()
    expect((await ana.api.apps.asked({ query: asked })).app).toMatchObject({ name: 'Printer', made_by: null })
    expect(await code(app.as((await app.logIn(ana)).access_token).feed.home())).toBe('fine')
    const server = await register({ ...metadata, token_endpoint_auth_method: undefined })
    expect(server.body).toMatchObject({
      token_endpoint_auth_method: 'client_secret_basic',
      client_secret: expect.stringMatching(/^tts_/),
    })
  })

  test.each([
    [{ ...metadata, redirect_uris: ['http://printer.example/cb'] }, 'invalid_redirect_uri'],
    [{ ...metadata, redirect_uris: ['javascript:alert(1)'] }, 'invalid_redirect_uri'],
    [{ ...metadata, redirect_uris: 'https://printer.example' }, 'invalid_client_metadata'],
    [
      { ...metadata, redirect_uris: Array.from({ length: 11 }, (_, n) => `${CALLBACK}${n}`) },
      'invalid_client_metadata',
    ],
    [{ ...metadata, client_name: '' }, 'invalid_client_metadata'],
    [{ ...metadata, client_name: { toString: 'x' } }, 'invalid_client_metadata'],
    [{ ...metadata, client_name: 'x'.repeat(61) }, 'invalid_client_metadata'],
    [{ ...metadata, client_uri: 'javascript:alert(1)' }, 'invalid_client_metadata'],
    [{ ...metadata, scope: 'read everything' }, 'invalid_client_metadata'],
    [{ ...metadata, token_endpoint_auth_method: 'private_key_jwt' }, 'invalid_client_metadata'],
    [{}, 'invalid_client_metadata'],
  ])('%j is refused with %s', async (wrong, error) => {
    const { status, body } = await register(wrong)
    expect([status, body.error]).toEqual([400, error])
  })

  test('makes room where there are too many: the oldest that nobody uses goes', async () => {
    const [first, claimed] = [await register(metadata), await register(metadata)]
    const db = system.engines.db.query
    const idOf = ({ body }: typeof first) => body.client_id as string
    await sql`update apps set claimed_at = created_at where app_id = ${idOf(claimed)}`.execute(db)
    await sql`
      insert into apps (app_id, name, redirect_uris, scopes, created_at)
      select gen_random_uuid(), 'many', '{}', '{}', created_at + interval '1 second'
      from apps, generate_series(1, ${appLimits.unclaimed}) where app_id = ${idOf(first)}`.execute(db)
    system.clock.advance(2000)
    const last = await register(metadata)
    expect(last.status).toBe(201)
    const { rows } = await sql<{ app_id: string; unclaimed: number }>`
      select app_id, count(*) filter (where owner_id is null and claimed_at is null) over ()::int as unclaimed
      from apps`.execute(db)
    expect(rows[0]?.unclaimed).toBe(appLimits.unclaimed)
    const ids = rows.map((row) => row.app_id)
    expect([first, claimed, last].map((one) => ids.includes(idOf(one)))).toEqual([false, true, true])
    await sql`delete from apps where name = 'many'`.execute(db)
  })

  test('is forgotten after a week in which nobody allowed it anything, and not at all taken where the owner says so', async () => {
    const { body } = await register(metadata)
    const kept = await register(metadata)
    const used = new ThirdParty(system.baseUrl, {
      app: { app_id: kept.body.client_id } as never,
      client_secret: null,
    })
    await used.logIn(ana)
    system.clock.advance(8 * 86_400_000)
    for (const { name, run } of system.system.schedules)
      if (name === 'apps.codes') await run(new AbortController().signal)
    for (const person of [olga, ana, ben]) await person.logIn()
    const known = async (client_id: unknown) => {
      const { asked } = used.request('read', { client_id: String(client_id) })
      return code(ana.api.apps.asked({ query: asked }))
    }
    expect([await known(body.client_id), await known(used.id)]).toEqual(['app_request_invalid', 'fine'])
    await using closed = await startSystem({
      beside: system,
      env: { APP_REGISTRATION: 'false', ROLES: 'api' },
    })
    expect((await register(metadata, closed.baseUrl)).status).toBe(404)
  })
})

describe('a member’s own token', () => {
  test('is made with a fresh proof, shown once, does what it may, and ends', async () => {
    const [carl] = await system.people('carl.devices')
    const wish = { name: 'Backup', scopes: ['read'] as Scope[], days: 30 }
    system.clock.advance(601_000)
    expect(await code(carl.api.developer.createToken({ body: wish }))).toBe('step_up_required')
    await carl.prove()
    const { token, token_id, ...made } = await carl.api.developer.createToken({ body: wish })
    expect(made).toMatchObject({ name: 'Backup', scopes: ['read'], last_used_at: null })
    const script = cli.as(token)
    expect((await script.members.me()).username).toBe('carl.devices')
    expect(await code(script.members.update({ body: { bio: 'mine now' } }))).toBe('scope_missing write')
    const [listed] = await carl.api.developer.tokens()
    expect(listed).toMatchObject({ token_id, name: 'Backup', last_used_at: expect.any(String) })
    expect(JSON.stringify(listed)).not.toContain(token.slice(4))
    // No app has it, so none is listed, and none can end it.
    expect(await carl.api.apps.connected()).toEqual([])
    expect(await code(ana.api.developer.revokeToken({ params: { token_id } }))).toBe('not_found')
    await carl.api.developer.revokeToken({ params: { token_id } })
    expect(await code(script.members.me())).toBe('unauthorized')
    const second = await carl.api.developer.createToken({ body: wish })
    system.clock.advance(31 * 86_400_000)
    expect(await code(cli.as(second.token).members.me())).toBe('token_expired')
    for (const person of [olga, ana, ben]) await person.logIn()
  })
})

test('whoever makes apps changes and removes their own alone, and has so many at most', async () => {
  const [dan] = await system.people('dan.devices')
  const wish = {
    name: 'One',
    website: 'https://one.example',
    redirect_uris: [CALLBACK],
    scopes: ['write', 'read'] as Scope[],
  }
  const { app, client_secret } = await dan.api.developer.register({ body: { ...wish, confidential: true } })
  expect(client_secret).toMatch(/^tts_/)
  expect(app).toMatchObject({ name: 'One', confidential: true, scopes: ['read', 'write'] })
  const bad = { ...wish, redirect_uris: ['http://one.example'] }
  expect(await code(dan.api.developer.change({ params: app, body: bad }))).toBe('redirect_uri_invalid')
  expect(await dan.api.developer.change({ params: app, body: { ...wish, name: 'Two' } })).toMatchObject({
    name: 'Two',
  })
  expect(await code(ana.api.developer.change({ params: app, body: wish }))).toBe('not_found')
  expect(await code(ana.api.developer.renewSecret({ params: app }))).toBe('not_found')
  expect(await code(ana.api.developer.remove({ params: app }))).toBe('not_found')
  const old = new ThirdParty(system.baseUrl, { app, client_secret })
  const renewed = new ThirdParty(system.baseUrl, await dan.api.developer.renewSecret({ params: app }))
  const statusOf = async (one: ThirdParty) =>
    (await one.post('token', { grant_type: 'client_credentials' })).status
  expect([await statusOf(old), await statusOf(renewed)]).toEqual([400, 200])
  for (let n = 1; n < 25; n++) await dan.api.developer.register({ body: { ...wish, confidential: false } })
  expect(await code(dan.api.developer.register({ body: { ...wish, confidential: false } }))).toBe(
    'too_many_apps',
  )
  await dan.api.developer.remove({ params: app })
  expect(await statusOf(renewed)).toBe(400)
  expect(await dan.api.developer.apps()).toHaveLength(24)
})

test('an app moderates where its member does and it was allowed to, and never as the owner', async () => {
  const { access_token } = await cliWithCallback().then((app) => app.logIn(olga, 'read moderation'))
  const owner = cli.as(access_token)
  expect(await code(owner.moderation.cases())).toBe('fine')
  expect(await code(owner.moderation.changeSettings({ body: {} as never }))).toBe('not_for_apps')
  expect(await code(owner.community.invite())).toBe('not_for_apps')
  const plain = (await cliWithCallback().then((app) => app.logIn(ana, 'read moderation'))).access_token
  expect(await code(cli.as(plain).moderation.cases())).toBe('forbidden')
  await staff(olga, { moderator: ana })
  expect(await code(cli.as(plain).moderation.cases())).toBe('fine')
})
const cliWithCallback = () => ThirdParty.madeBy(ben, { name: 'With callback' })

test('what is no form, too large, or said twice is refused with a code, and nothing breaks', async () => {
  const send = async (path: string, body: string, type: string) => {
    const reply = await fetch(`${system.baseUrl}/oauth/${path}`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    })
    const said = (await reply.json()) as { error: string | { code: string } }
    return `${reply.status} ${typeof said.error === 'string' ? said.error : said.error.code}`
  }
  const form = 'application/x-www-form-urlencoded'
  expect(await send('token', '{"grant_type":"refresh_token"}', 'application/json')).toBe(
    '400 invalid_request',
  )
  expect(await send('token', `client_id=${cli.id}`, form)).toMatch(/^400 invalid_/)
  expect(await send('token', `client_id=${cli.id}&grant_type=password&username=a&password=b`, form)).toMatch(
    /^400 /,
  )
  expect(
    await send(
      'token',
      `grant_type=refresh_token&client_id=${cli.id}&refresh_token=ttr_x&refresh_token=ttr_y`,
      form,
    ),
  ).toMatch(/^400 invalid_/)
  expect(await send('token', `client_id=${cli.id}%00&grant_type=refresh_token`, form)).toMatch(/^400 /)
  expect(await send('revoke', `client_id=${cli.id}&token=a&token=b`, form)).toBe('400 invalid_request')
  expect(await send('device', `client_id=${'x'.repeat(limits.caption * 20)}`, form)).toBe(
    '413 payload_too_large',
  )
  expect(await send('revoke', '<token/>', 'text/xml')).toBe('415 unsupported_media_type')
})

test('the endpoints are limited by address', async () => {
  await using limited = await startSystem({
    beside: system,
    env: { RATE_LIMIT_MULTIPLIER: '0.002', ROLES: 'api' },
  })
  const there = new ThirdParty(limited.baseUrl, { app: { app_id: cli.id } as never, client_secret: null })
  const statuses = []
  for (let n = 0; n < 7; n++) statuses.push((await there.post('revoke', { token: 'x' })).status)
  expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 429])
})
