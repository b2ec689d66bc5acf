import { once } from 'node:events'
import { createConnection, type Server } from 'node:net'
import { promisify } from 'node:util'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { allBindings, answering, appWith, bearer } from './app.suite.ts'
import { Overload } from './overload.ts'

const me = { url: '/api/v1/users/me', headers: bearer('member') }
const sessions = { ...me, url: `${me.url}/sessions` }
const logger = pino({ level: 'silent' })

describe('a turn of the event loop', () => {
  let now: number
  let overload: Overload
  const warn = vi.fn()
  beforeEach(() => {
    now = 0
    warn.mockReset()
    overload = new Overload({ turnMs: 500, requests: 0, logger: { warn } as never, now: () => now })
    overload.turn()
  })
  afterEach(() => overload[Symbol.dispose]())
  const ask = (times: number) => Array.from({ length: times }, overload.overloaded)

  it('that takes long through many requests has no room for more', () => {
    expect(ask(100)).not.toContain(2)
    now = 501
    expect(ask(3)).toEqual([2, 2, 2])
  })

  it('that was long without them takes what comes', () => {
    now = 10_000
    expect(ask(50)).not.toContain(2)
    expect(ask(1)).toEqual([2])
  })

  it('that is over leaves room for all', () => {
    ask(100)
    now = 501
    expect(ask(1)).toEqual([2])
    overload.turn()
    expect(ask(100)).not.toContain(2)
  })

  it('may take as long as it likes where the bound is 0', () => {
    const never = new Overload({ turnMs: 0, requests: 0, logger, now: () => now })
    now = 100_000
    expect(Array.from({ length: 100 }, never.overloaded)).not.toContain(2)
    never[Symbol.dispose]()
  })

  it('is told to the log now and then, not for each request', () => {
    for (let second = 0; second < 20; second++) {
      ask(100)
      now += 1000
      ask(50)
      overload.turn()
    }
    expect(warn.mock.calls.map(([fields]) => fields.refused)).toEqual([50, 500])
  })
})

describe('requests under way', () => {
  it('are counted until their handlers end, and bounded', async () => {
    const overload = new Overload({ turnMs: 0, requests: 2, logger })
    const { promise: leaving, resolve: leave } = Promise.withResolvers<void>()
    const bindings = answering('members.me', () => leaving.then(() => Promise.reject(new Error('gone'))))
    const { overloaded, counted } = overload
    const { app, logs } = await appWith({ bindings, overloaded, counted })
    const slow = [app.inject(me), app.inject(me)]
    await vi.waitFor(() => expect(overload.underWay).toBe(2))
    const refused = await app.inject(me)
    expect([refused.statusCode, refused.json().error.code]).toEqual([503, 'unavailable'])
    expect(refused.headers['retry-after']).toBe('2')
    expect(logs.join()).not.toContain('request failed')
    leave()
    expect((await Promise.all(slow)).map(({ statusCode }) => statusCode)).toEqual([500, 500])
    expect(overload.underWay).toBe(0)
    expect((await app.inject(me)).statusCode).toBe(500)
  })
})

describe('who is turned away first', () => {
  it('visitors who read, then members who do, and last what changes something', async () => {
    const overload = new Overload({ turnMs: 0, requests: 10, logger })
    const { promise: leaving, resolve: leave } = Promise.withResolvers<never[]>()
    const bindings = [
      ...answering('accounts.sessions', () => leaving),
      ...answering('accounts.logout', async () => ({}) as never),
      ...answering('members.profile', async () => ({}) as never),
    ]
    const { overloaded, counted } = overload
    const { app } = await appWith({ bindings, overloaded, counted })
    const busy: Promise<unknown>[] = []
    const hold = async (until: number) => {
      while (busy.length < until)
        busy.push(overload.counted(() => leaving as never)({} as never, {} as never))
      await vi.waitFor(() => expect(overload.underWay).toBe(until))
    }
    const statuses = async () => {
      const asked = [
        app.inject({ url: '/api/v1/users/somebody' }),
        app.inject({ url: '/api/v1/users/logout', method: 'POST', headers: me.headers }),
      ]
      const [visitor, writer] = (await Promise.all(asked)).map(({ statusCode }) => statusCode)
      return [visitor, overloaded('reader') === undefined ? 200 : 503, writer]
    }
    await hold(6)
    expect(await statuses()).toEqual([200, 200, 200])
    await hold(7)
    expect(await statuses()).toEqual([503, 200, 200])
    await hold(9)
    expect(await statuses()).toEqual([503, 503, 200])
    await hold(10)
    expect(await statuses()).toEqual([503, 503, 503])
    leave([])
    await Promise.all(busy)
  })
})

describe('an app that has no room', () => {
  it('turns away everything but the probes', async () => {
    const plugin = (scope: { get(url: string, handler: () => string): unknown }) => {
      scope.get('/media/picture', () => 'bytes')
    }
    const { app } = await appWith({ bindings: allBindings(), overloaded: () => 2, plugins: [plugin] })
    const statuses = async (...urls: string[]) =>
      await Promise.all(urls.map(async (url) => (await app.inject({ ...me, url })).statusCode))
    expect(await statuses('/api/v1/users/me', '/media/picture')).toEqual([503, 503])
    expect(await statuses('/health', '/ready', '/metrics')).toEqual([200, 200, 200])
  })

  it('serves a part of what is too much, and the rest of it is told so at once', async () => {
    const overload = new Overload({ turnMs: 50, requests: 0, logger })
    // 300 at once, 2 ms of a processor each, are twelve times what a turn may take.
    const bindings = answering('accounts.sessions', async () => {
      const end = performance.now() + 2
      while (performance.now() < end);
      return []
    })
    const { overloaded, counted } = overload
    const { app } = await appWith({ bindings, overloaded, counted })
    const url = new URL(await app.listen({ port: 0, host: '127.0.0.1' }))
    const callers = await Promise.all(Array.from({ length: 300 }, () => caller(Number(url.port))))
    await vi.waitFor(async () => expect(await connectionsOf(app.server)).toBe(300))
    const statuses = await Promise.all(callers.map((call) => call()))
    const count = (wanted: number) => statuses.filter((status) => status === wanted).length
    expect(count(200) + count(503)).toBe(300)
    expect(count(200)).toBeGreaterThanOrEqual(50)
    expect(count(503)).toBeGreaterThan(0)
    expect(await (await fetch(new URL('/health', url))).json()).toMatchObject({ status: 'ok' })
    expect((await fetch(new URL(sessions.url, url), sessions)).status).toBe(200)
    await app.close()
    overload[Symbol.dispose]()
  })
})

const connectionsOf = (server: Server) => promisify(server.getConnections.bind(server))()

/** A connection that is open already, for one request. */
async function caller(port: number): Promise<() => Promise<number>> {
  const socket = createConnection(port, '127.0.0.1')
  await once(socket, 'connect')
  return async () => {
    socket.write(
      `GET ${sessions.url} HTTP/1.1\r\nhost: test\r\nauthorization: ${me.headers.authorization}\r\n\r\n`,
    )
    const [first] = (await once(socket, 'data')) as [Buffer]
    socket.destroy()
    return Number(first.toString('latin1', 9, 12))
  }
}
