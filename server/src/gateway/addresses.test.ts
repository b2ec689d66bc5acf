import { type Operation, operations, rateLimits } from '@tintype/contract'
import type { FastifyInstance } from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import { newId } from '../kit/ids.ts'
import { allBindings, appWith, bearer } from './app.suite.ts'
import type { Verdict } from './guard.ts'
import { fastifyPath } from './routes.ts'

const apps: FastifyInstance[] = []
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close()
})

const known: Record<string, Verdict> = { '203.0.113.9': 'denied', '192.0.2.1': 'exempt' }
const guard = { verdict: (address: string) => known[address], onChange() {}, observe() {} }

async function gateway(options: Parameters<typeof appWith>[0] = {}) {
  const { app } = await appWith({ bindings: allBindings(), guard, ...options })
  apps.push(app)
  return app
}

describe('an address that is denied', () => {
  it('is answered nothing: neither the API, nor pages, nor what plugins serve', async () => {
    const app = await gateway({ plugins: [(plugged) => void plugged.get('/media/x', async () => 'bytes')] })
    for (const url of ['/api/v1/instance', '/', '/media/x', '/metrics', '/docs', '/nowhere', '/api/oembed']) {
      const reply = await app.inject({ url, remoteAddress: '203.0.113.9' })
      expect([url, reply.statusCode, reply.json().error.code]).toEqual([url, 403, 'address_denied'])
      expect(reply.headers['x-content-type-options']).toBe('nosniff')
    }
  })

  it('is still told whether the process lives', async () => {
    const app = await gateway()
    expect((await app.inject({ url: '/health', remoteAddress: '203.0.113.9' })).statusCode).toBe(200)
  })
})

describe('whose address it is', () => {
  const asked = async (app: FastifyInstance, remoteAddress: string, forwarded?: string) => {
    const headers = forwarded ? { 'x-forwarded-for': forwarded } : {}
    return (await app.inject({ url: '/api/v1/instance', remoteAddress, headers })).statusCode
  }
  const config = (trustedProxies: string[], trustProxy = trustedProxies.length > 0) => ({
    config: { trustedProxies, trustProxy },
  })

  it('nobody but a proxy says', async () => {
    const app = await gateway()
    expect(await asked(app, '203.0.113.9', '198.51.100.1')).toBe(403)
    expect(await asked(app, '198.51.100.1', '203.0.113.9')).toBe(200)
  })

  it('one proxy says, and what came before it does not', async () => {
    const app = await gateway(config([], true))
    expect(await asked(app, '10.0.0.1', '198.51.100.1, 203.0.113.9')).toBe(403)
    expect(await asked(app, '10.0.0.1', '203.0.113.9, 198.51.100.1')).toBe(200)
  })

  it('all proxies of the ranges say, however many there are', async () => {
    const app = await gateway(config(['10.0.0.0/8', 'fd00::/8']))
    expect(await asked(app, '10.0.0.1', '203.0.113.9, fd00::7, 10.9.9.9')).toBe(403)
    expect(await asked(app, '::ffff:10.0.0.1', '203.0.113.9')).toBe(403)
    // Whoever writes it themself is found by what the first proxy saw.
    expect(await asked(app, '10.0.0.1', '203.0.113.9, 198.51.100.1, 10.9.9.9')).toBe(200)
    expect(await asked(app, '198.51.100.1', '203.0.113.9')).toBe(200)
    expect(await asked(app, '203.0.113.9', '198.51.100.1')).toBe(403)
  })
})

describe('limits', () => {
  const call = (operation: Operation) => {
    const spec = operations[operation]
    return { method: spec.method, url: fastifyPath(spec).replace(/:\w+/g, newId()) } as const
  }

  it('end every route with 429, when to come again, and the same for a made-up address', async () => {
    // A bucket of each name, however large, holds one or two.
    const multiplier = 1 / Math.max(...Object.values(rateLimits).map(({ burst }) => burst))
    for (const operation of Object.keys(operations) as Operation[]) {
      const { app } = await appWith({
        bindings: allBindings().filter((one) => one.operation === operation),
        multiplier,
      })
      const statuses: number[] = []
      for (let count = 0; count < 3; count++) {
        const headers = { ...bearer('owner'), 'x-forwarded-for': `198.51.100.${count}` }
        const reply = await app.inject({ ...call(operation), headers })
        statuses.push(reply.statusCode)
        if (reply.statusCode !== 429) continue
        expect([operation, reply.json().error.code]).toEqual([operation, 'rate_limited'])
        expect([operation, Number(reply.headers['retry-after']) >= 1]).toEqual([operation, true])
      }
      await app.close()
      expect([operation, statuses.filter((status) => status === 429).length]).toEqual([operation, 2])
    }
  })

  it('are not for addresses of the allow list', async () => {
    const app = await gateway({ multiplier: 0.001 })
    const ask = async (remoteAddress: string) =>
      (await app.inject({ ...call('accounts.login'), remoteAddress, payload: { login: 'a', password: 'b' } }))
        .statusCode
    expect([await ask('192.0.2.1'), await ask('192.0.2.1')]).toEqual([200, 200])
    expect([await ask('192.0.2.2'), await ask('192.0.2.2')]).toEqual([200, 429])
  })
})
