import { type PostId, TintypeError } from '@tintype/contract'
import { newId } from '@tintype/server/kit/ids'
import { describe, expect, it } from 'vitest'
import { allBindings, answering, appWith, bearer, member, owner } from './app.suite.ts'
import { ReadyJson } from './binding.ts'

const post = newId<PostId>()
const liked = { liked: true, likes_count: 1 }

describe('envelope', () => {
  it('wraps what a handler answers', async () => {
    const { app } = await appWith({ bindings: answering('engagement.like', async () => liked) })
    const reply = await app.inject({
      method: 'POST',
      url: `/api/v1/posts/${post}/like`,
      headers: bearer('member'),
    })
    expect(reply.statusCode).toBe(200)
    expect(reply.json()).toEqual({ success: true, data: liked })
    expect(reply.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(reply.headers['cache-control']).toBe('no-store')
  })

  it('puts lists under data and their cursor under pagination', async () => {
    let next_cursor: string | null = 'abc'
    const { app } = await appWith({
      bindings: answering('notifications.list', async () => ({ items: [], next_cursor })),
    })
    const ask = async () =>
      (await app.inject({ url: '/api/v1/notifications', headers: bearer('member') })).json()
    expect(await ask()).toEqual({
      success: true,
      data: [],
      pagination: { next_cursor: 'abc', has_more: true },
    })
    next_cursor = null
    expect(await ask()).toMatchObject({ pagination: { next_cursor: null, has_more: false } })
  })

  it('sends JSON that is ready as it is', async () => {
    const { app } = await appWith({
      bindings: answering(
        'feed.home',
        async () => new ReadyJson(['[ {"post_id":', Buffer.from('"1"} ]')], 'c'),
      ),
    })
    const reply = await app.inject({ url: '/api/v1/feed/home', headers: bearer('member') })
    expect(reply.body).toBe(
      '{"success":true,"data":[ {"post_id":"1"} ],"pagination":{"next_cursor":"c","has_more":true}}',
    )
  })

  it('answers with the status of the contract', async () => {
    const { app } = await appWith({
      bindings: answering('media.requestUploads', async () => ({ uploads: [] })),
    })
    const reply = await app.inject({
      method: 'POST',
      url: '/api/v1/uploads',
      headers: bearer('member'),
      payload: { files: [{ content_type: 'image/jpeg', size: 3 }] },
    })
    expect(reply.statusCode).toBe(201)
  })
})

describe('checks', () => {
  const upload = async (payload: object) => {
    const { app } = await appWith({
      bindings: answering('media.requestUploads', async () => ({ uploads: [] })),
    })
    const headers = bearer('member')
    return (await app.inject({ method: 'POST', url: '/api/v1/uploads', headers, payload })).json()
  }

  it('names every field that is wrong, in words', async () => {
    const reply = await upload({ files: [{ content_type: 3, size: -1, sha256: 'x', extra: 1 }] })
    expect(reply.error).toMatchObject({
      code: 'validation_failed',
      details: {
        fields: {
          'files.0.content_type': 'Must be text.',
          'files.0.size': 'Must be 0 or more.',
          'files.0.sha256': 'This is not in the form that is expected here.',
          'files.0.extra': 'There is no such field.',
        },
      },
    })
  })

  it('names what is missing, also when there is no body at all', async () => {
    const { app } = await appWith({ bindings: allBindings() })
    const reply = await app.inject({ method: 'POST', url: '/api/v1/users/login' })
    expect(reply.json().error.details.fields).toEqual({
      login: 'This is required.',
      password: 'This is required.',
    })
  })

  it('does not turn text into numbers in a body', async () => {
    const reply = await upload({ files: [{ content_type: 'image/png', size: '3' }] })
    expect(reply.error.details.fields).toEqual({ 'files.0.size': 'Must be a whole number.' })
  })

  it('reads numbers of a query, fills in defaults, refuses unknown keys', async () => {
    const seen: unknown[] = []
    const { app } = await appWith({
      bindings: answering('feed.home', async ({ query }) => {
        seen.push({ ...query })
        return { items: [], next_cursor: null }
      }),
    })
    const ask = (query: string) => app.inject({ url: `/api/v1/feed/home${query}`, headers: bearer('member') })
    await ask('?limit=7')
    await ask('')
    expect(seen).toEqual([
      { limit: 7, sort: 'ranked' },
      { limit: 20, sort: 'ranked' },
    ])
    expect((await ask('?page=2')).json().error.details.fields).toEqual({ page: 'There is no such field.' })
    expect((await ask('?sort=oldest')).json().error.details.fields).toEqual({
      sort: 'Must be ranked, chronological or favourites.',
    })
  })

  it('says of a list that is too long that it is, and looks at none of its entries', async () => {
    const reply = await upload({ files: Array.from({ length: 11 }, () => 'no file') })
    expect(reply.error.details.fields).toEqual({ files: 'Must have at most 10 entries.' })
  })

  it('answers an id that cannot exist like one that does not', async () => {
    const { app } = await appWith({ bindings: allBindings() })
    const reply = await app.inject({ url: '/api/v1/posts/42' })
    expect([reply.statusCode, reply.json().error.code]).toEqual([404, 'not_found'])
  })

  it.each([
    ['{"a":', 400, 'bad_request', 'application/json'],
    ['{"login":"a\\u0000b","password":"x"}', 400, 'bad_request', 'application/json'],
    ['{"login":"\\\\u0000","password":"x"}', 200, undefined, 'application/json'],
    ['', 400, 'validation_failed', 'application/json'],
    ['{"__proto__":{"x":1}}', 400, 'bad_request', 'application/json'],
    ['login=a', 415, 'unsupported_media_type', 'application/x-www-form-urlencoded'],
    [JSON.stringify({ login: 'x'.repeat(300_000) }), 413, 'payload_too_large', 'application/json'],
  ])('answers the body %.40s with %i %s', async (payload, status, code, type) => {
    const { app } = await appWith({ bindings: allBindings() })
    const reply = await app.inject({
      method: 'POST',
      url: '/api/v1/users/login',
      headers: { 'content-type': type },
      payload,
    })
    expect([reply.statusCode, reply.json().error?.code]).toEqual([status, code])
  })
})

describe('who may call', () => {
  it.each([
    ['optional', '/api/v1/instance', undefined, 200],
    ['member without a token', '/api/v1/users/me', undefined, 401],
    ['member with a token', '/api/v1/users/me', 'member', 200],
    ['member with a wrong token', '/api/v1/users/me', 'nonsense', 401],
    ['optional with a wrong token', `/api/v1/posts/${post}`, 'nonsense', 401],
    ['optional without one', `/api/v1/posts/${post}`, undefined, 200],
    ['nobody, whatever the token', '/api/v1/instance', 'nonsense', 200],
  ])('%s', async (_, url, token, status) => {
    const { app } = await appWith({ bindings: allBindings() })
    const reply = await app.inject({ url, headers: token ? bearer(token) : {} })
    expect(reply.statusCode).toBe(status)
  })

  it('lets the owner alone into owner routes', async () => {
    const { app } = await appWith({ bindings: allBindings() })
    const invite = (token: string) =>
      app.inject({ method: 'POST', url: '/api/v1/instance/invitations', headers: bearer(token) })
    expect((await invite('member')).json().error.code).toBe('forbidden')
    expect((await invite('owner')).statusCode).toBe(201)
  })

  it('gives the viewer to the handler, null to visitors', async () => {
    const seen: unknown[] = []
    const { app } = await appWith({
      bindings: answering('posts.get', async ({ viewer }) => {
        seen.push(viewer)
        throw new TintypeError('not_found')
      }),
    })
    for (const headers of [{}, bearer('member'), bearer('owner')])
      await app.inject({ url: `/api/v1/posts/${post}`, headers })
    expect(seen).toEqual([null, member, owner])
  })

  it('says that a token has run out, so that the app renews it', async () => {
    const { app } = await appWith({ bindings: allBindings() })
    const reply = await app.inject({ url: '/api/v1/users/me', headers: bearer('expired') })
    expect([reply.statusCode, reply.json().error.code]).toEqual([401, 'token_expired'])
  })
})

describe('failures', () => {
  it('hides what nobody foresaw, and logs it once with the request id', async () => {
    const bindings = answering('members.me', async () => {
      throw new Error('password=hunter2 in a query')
    })
    const { app, logs } = await appWith({ bindings })
    const headers = { ...bearer('member'), 'x-request-id': 'abc-1' }
    const reply = await app.inject({ url: '/api/v1/users/me?access_token=secret', headers })
    expect(reply.statusCode).toBe(500)
    expect(reply.json().error).toMatchObject({ code: 'internal', request_id: 'abc-1' })
    expect(reply.body).not.toContain('hunter2')
    expect(logs.filter((line) => line.includes('hunter2'))).toHaveLength(1)
    expect(logs.filter((line) => line.includes('"request_id":"abc-1"'))).toHaveLength(2)
    expect(logs.join()).not.toContain('secret')
  })

  it('answers 503 with Retry-After when the database is away', async () => {
    const bindings = answering('members.me', async () => {
      throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
    })
    const { app } = await appWith({ bindings })
    const reply = await app.inject({ url: '/api/v1/users/me', headers: bearer('member') })
    expect([reply.statusCode, reply.headers['retry-after']]).toEqual([503, '2'])
  })

  it('turns callers away before the work when there is too much of it', async () => {
    const { app } = await appWith({ bindings: allBindings(), overloaded: () => 3 })
    const reply = await app.inject({ url: '/api/v1/users/me', headers: bearer('member') })
    expect([reply.json().error.code, reply.headers['retry-after']]).toEqual(['unavailable', '3'])
  })

  it('tells an address that is not there from a method that is not', async () => {
    const { app } = await appWith({ bindings: allBindings() })
    const nothing = await app.inject({ url: '/api/v1/nothing' })
    expect(nothing.json().error.code).toBe('not_found')
    const wrong = await app.inject({ method: 'PUT', url: `/api/v1/posts/${post}/like` })
    expect([wrong.statusCode, wrong.json().error.code, wrong.headers.allow]).toEqual([
      405,
      'method_not_allowed',
      'POST, DELETE',
    ])
    const nul = await app.inject({ url: '/api/v1/users/a%00b' })
    expect([nul.statusCode, nul.json().error.code]).toEqual([400, 'bad_request'])
    const broken = await app.inject({ url: '/api/v1/users/%E0%A4%A' })
    expect([broken.statusCode, broken.json().error.code]).toEqual([400, 'bad_request'])
  })
})

describe('request ids', () => {
  it('makes one, takes a sane one, ignores a mad one', async () => {
    const { app } = await appWith()
    const idOf = async (given?: string) =>
      (await app.inject({ url: '/health', headers: given ? { 'x-request-id': given } : {} })).headers[
        'x-request-id'
      ]
    const [first, second] = [await idOf(), await idOf()]
    expect(first).toMatch(/^[\w-]+$/)
    expect(second).not.toBe(first)
    expect(await idOf('my-id.7')).toBe('my-id.7')
    expect(await idOf('"} {"level":60')).toMatch(/^[\w-]+$/)
  })
})
