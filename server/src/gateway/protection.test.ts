import { API_PREFIX, operations, type RouteSpec, rateLimits } from '@tintype/contract'
import { newId } from '@tintype/server/kit/ids'
import { describe, expect, it } from 'vitest'
import { networkOf } from '../kit/network.ts'
import { allBindings, appWith, bearer } from './app.suite.ts'

const like = { method: 'POST', url: `/api/v1/posts/${newId()}/like` } as const

describe('cross-site requests', () => {
  const cookie = { cookie: 'tintype_access=member' }
  const own = { ...cookie, 'x-tintype-csrf': '1' }

  it.each([
    ['without the header', cookie, 403],
    ['with it', own, 200],
    ['with it, from the own origin', { ...own, origin: 'http://tintype.test' }, 200],
    [
      'with it, from the host asked',
      { ...own, origin: 'http://localhost:3000', host: 'localhost:3000' },
      200,
    ],
    ['with it, from elsewhere', { ...own, origin: 'https://evil.test' }, 403],
    ['with it, from an opaque origin', { ...own, origin: 'null' }, 403],
    ['with it, same-origin by the browser’s word', { ...own, 'sec-fetch-site': 'same-origin' }, 200],
    ['with it, cross-site by the browser’s word', { ...own, 'sec-fetch-site': 'cross-site' }, 403],
    ['with it, from a sibling subdomain', { ...own, 'sec-fetch-site': 'same-site' }, 403],
    ['with a bearer token instead', bearer('member'), 200],
  ])('a change by cookie %s', async (_, headers, status) => {
    const { app } = await appWith({ bindings: allBindings() })
    const reply = await app.inject({ ...like, headers })
    expect(reply.statusCode).toBe(status)
    if (status === 403) expect(reply.json().error.code).toBe('csrf_failed')
  })

  it('reads by cookie from anywhere', async () => {
    const { app } = await appWith({ bindings: allBindings() })
    expect((await app.inject({ url: '/api/v1/users/me', headers: cookie })).statusCode).toBe(200)
  })

  it('takes the cookie under its guarded name alone on https', async () => {
    const config = { publicUrl: 'https://photos.example', trustProxy: false, corsOrigins: [] }
    const { app } = await appWith({
      bindings: allBindings(),
      config: { ...config, rateLimitMultiplier: 0, webDir: '' },
    })
    const ask = async (name: string) =>
      (await app.inject({ url: '/api/v1/users/me', headers: { cookie: `${name}=member` } })).statusCode
    expect([await ask('tintype_access'), await ask('__Host-tintype_access')]).toEqual([401, 200])
  })
})

describe('what is dangerous', () => {
  const specs: [string, RouteSpec][] = Object.entries(operations)
  const dangerous = [
    'accounts.delete',
    'accounts.deactivate',
    'accounts.changePassword',
    'accounts.changeEmail',
    'announcements.make',
    'announcements.delete',
    'factors.beginTotp',
    'factors.confirmTotp',
    'factors.removeTotp',
    'factors.renewRecoveryCodes',
    'factors.newPasskey',
    'factors.addPasskey',
    'factors.removePasskey',
    'openId.beginLink',
    'openId.link',
    'openId.unlink',
    'community.update',
    'community.invite',
    'moderation.giveRole',
    'moderation.verify',
    'security.changeSettings',
    'exports.create',
    'exports.link',
    'developer.change',
    'developer.renewSecret',
    'developer.createToken',
  ]

  it('asks for a fresh proof before anything of it runs, whatever is sent; nothing else does', async () => {
    let ran = 0
    const bindings = allBindings().map((binding) => ({ ...binding, handle: async () => ({ ran: ++ran }) }))
    const { app } = await appWith({ bindings, provenLately: async () => false })
    const asking = specs.filter(([, spec]) => spec.stepUp)
    expect(asking.map(([name]) => name).toSorted()).toEqual(dangerous.toSorted())
    for (const [name, { method, path }] of asking) {
      const url = API_PREFIX + path.replaceAll(/\{\w+\}/g, newId())
      const reply = await app.inject({ method, url, headers: bearer('owner'), body: {} })
      expect([name, reply.statusCode, reply.json().error.code]).toEqual([name, 403, 'step_up_required'])
      const visitor = await app.inject({ method, url, body: {} })
      expect(visitor.json().error.code).toBe('unauthorized')
    }
    expect(ran).toBe(0)
  })

  it('is what an owner changes of the community, without exception', () => {
    for (const [name, { access, method, stepUp }] of specs)
      if (access === 'owner' && method !== 'GET') expect([name, stepUp]).toEqual([name, true])
  })
})

describe('rate limits', () => {
  it('count by member, with headers, and open again in time', async () => {
    const { app, clock } = await appWith({ bindings: allBindings(), multiplier: 0.01 })
    const ask = (token = 'member') => app.inject({ ...like, headers: bearer(token) })
    for (let left = 4; left >= 0; left--) {
      const { headers, statusCode } = await ask()
      expect([statusCode, headers['ratelimit-limit'], headers['ratelimit-remaining']]).toEqual([
        200,
        '5',
        String(left),
      ])
    }
    const refused = await ask()
    expect([refused.statusCode, refused.json().error.code]).toEqual([429, 'rate_limited'])
    expect(refused.headers['retry-after']).toBe('720')
    expect(refused.headers['ratelimit-reset']).toBe('3600')
    expect((await ask('owner')).statusCode).toBe(200)
    clock.advance(720_000)
    expect((await ask()).statusCode).toBe(200)
  })

  it('count by address where nobody is logged in', async () => {
    const { app } = await appWith({ bindings: allBindings(), multiplier: 0.1 })
    const login = (remoteAddress: string) =>
      app.inject({
        method: 'POST',
        url: '/api/v1/users/login',
        remoteAddress,
        payload: { login: 'a', password: 'b' },
      })
    expect((await login('10.0.0.1')).statusCode).toBe(200)
    expect((await login('10.0.0.1')).statusCode).toBe(200)
    expect((await login('10.0.0.1')).statusCode).toBe(429)
    expect((await login('10.0.0.2')).statusCode).toBe(200)
  })

  it('believe a proxy about addresses only when told to', async () => {
    const config = { publicUrl: '', corsOrigins: [], rateLimitMultiplier: 0.05, webDir: '' }
    const statuses = async (trustProxy: boolean) => {
      const { app } = await appWith({ bindings: allBindings(), config: { ...config, trustProxy } })
      const login = (forwarded: string) =>
        app.inject({
          method: 'POST',
          url: '/api/v1/users/login',
          headers: { 'x-forwarded-for': `${Math.random()}, ${forwarded}` },
          payload: { login: 'a', password: 'b' },
        })
      return [(await login('1.1.1.1')).statusCode, (await login('2.2.2.2')).statusCode]
    }
    expect(await statuses(false)).toEqual([200, 429])
    expect(await statuses(true)).toEqual([200, 200])
  })

  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::6', '2001:db8:1:2::/64'],
    ['2001:DB8::6', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('count %s as %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })

  it('are off at 0', async () => {
    const { app } = await appWith({ bindings: allBindings(), multiplier: 0 })
    const { headers } = await app.inject({ ...like, headers: bearer('member') })
    expect(headers['ratelimit-limit']).toBeUndefined()
  })

  it('spend the general allowance on every route', async () => {
    const { app } = await appWith({ bindings: allBindings(), multiplier: 1 })
    const { headers } = await app.inject({ url: '/api/v1/users/me', headers: bearer('member') })
    expect(headers['ratelimit-limit']).toBe(String(rateLimits.request.burst))
  })
})

describe('headers', () => {
  it('forbid framing, sniffing and loading on every reply', async () => {
    const { app } = await appWith({ bindings: allBindings() })
    for (const url of ['/api/v1/instance', '/nowhere', '/health']) {
      const { headers } = await app.inject({ url })
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
      expect(headers['referrer-policy']).toBe('same-origin')
      expect(headers['strict-transport-security']).toBeUndefined()
    }
  })

  it('let other origins in only where the owner names them', async () => {
    const base = {
      publicUrl: 'https://photos.example',
      trustProxy: false,
      rateLimitMultiplier: 0,
      webDir: '',
    }
    const { app } = await appWith({ config: { ...base, corsOrigins: ['https://app.example'] } })
    const from = (origin: string) => app.inject({ url: '/health', headers: { origin } })
    expect((await from('https://app.example')).headers['access-control-allow-origin']).toBe(
      'https://app.example',
    )
    expect((await from('https://evil.example')).headers['access-control-allow-origin']).toBeUndefined()
    expect((await from('https://app.example')).headers['strict-transport-security']).toContain('max-age')
    const { app: closed } = await appWith({ config: { ...base, corsOrigins: [] } })
    const reply = await closed.inject({ url: '/health', headers: { origin: 'https://app.example' } })
    expect(reply.headers['access-control-allow-origin']).toBeUndefined()
  })
})
