import { describe, expect, it } from 'vitest'
import { allBindings, appWith, bearer } from './app.suite.ts'
import type { EventHealth } from './metrics.ts'

const events = (oldestSeconds: number): EventHealth => ({
  backlog: async () => [{ group: 'feed', waiting: 3, oldestSeconds }],
  deadLetters: async () => [{} as never, {} as never],
})
const fine = { name: 'database', check: async () => {} }
const broken = { name: 'cache', check: () => Promise.reject(new Error('redis://user:password@host is away')) }

describe('/ready', () => {
  const ready = async (options: Parameters<typeof appWith>[0]) => {
    const { app } = await appWith(options)
    const reply = await app.inject({ url: '/ready' })
    return { status: reply.statusCode, ...reply.json() }
  }

  it('says yes when every engine answers and events are handled in time', async () => {
    expect(await ready({ checks: [fine], events: events(12) })).toEqual({
      status: 'ready',
      checks: { database: 'ok' },
      events: { status: 'ok', groups: [{ group: 'feed', waiting: 3, oldest_seconds: 12 }], dead_letters: 2 },
    })
  })

  it('says no when an engine is away, without telling the world how it is reached', async () => {
    const reply = await ready({ checks: [fine, broken] })
    expect(reply).toMatchObject({ checks: { database: 'ok', cache: 'failed' } })
    expect([reply.status, JSON.stringify(reply)]).toEqual(['not_ready', expect.not.stringContaining('redis')])
  })

  it('tells of a group that is stuck elsewhere, and says yes', async () => {
    expect(await ready({ checks: [fine], events: events(301), handlesEvents: false })).toMatchObject({
      status: 'ready',
      events: { status: 'behind: feed' },
    })
  })

  it('says no when a group is stuck', async () => {
    expect(await ready({ checks: [fine], events: events(301) })).toMatchObject({
      status: 'not_ready',
      events: { status: 'behind: feed' },
    })
  })
})

/** What else works is not taken away for want of search. */
const search = { name: 'search', check: () => Promise.reject(new Error('away')), canWait: ['search.'] }

describe('an engine that can be done without', () => {
  it.each([
    ['search.posts', 200, 'ready'],
    ['feed', 503, 'not_ready'],
  ])('/ready says that it is away; with %s behind it answers %i', async (group, code, status) => {
    const behind = { ...events(301), backlog: async () => [{ group, waiting: 3, oldestSeconds: 301 }] }
    const { app } = await appWith({ checks: [fine, search], events: behind })
    const reply = await app.inject({ url: '/ready' })
    expect(reply.statusCode).toBe(code)
    expect(reply.json()).toMatchObject({
      status,
      checks: { database: 'ok', search: 'failed' },
      events: { status: `behind: ${group}` },
    })
  })
})

/** It neither answers nor fails: PostgreSQL under `kill -STOP`, a swallowed packet. */
const never = () => new Promise<never>(() => {})

describe('an engine that never answers', () => {
  const silent = {
    checks: [fine, { name: 'broadcast', check: never }],
    events: { backlog: never, deadLetters: never },
    peers: { worker: 1, measurements: never, answerWith: () => {} },
  }
  const ask = async (url: string) => {
    const { app } = await appWith({ ...silent, bindings: allBindings() })
    const began = performance.now()
    const reply = await app.inject({ url })
    return { reply, took: performance.now() - began }
  }

  it('/ready says no within two seconds', async () => {
    const { reply, took } = await ask('/ready')
    expect(took).toBeLessThan(2000)
    expect([reply.statusCode, reply.json()]).toMatchObject([
      503,
      { checks: { database: 'ok', broadcast: 'failed' }, events: { status: 'unknown' } },
    ])
  })

  it('/metrics answers within two seconds without what it does not know', async () => {
    const { reply, took } = await ask('/metrics')
    expect(took).toBeLessThan(2000)
    expect(reply.body).toContain('nodejs_eventloop_lag_seconds')
    expect(reply.body).not.toMatch(/^tintype_(event|dead)/m)
  })
})

it('/health says that the process answers, whatever the engines do', async () => {
  const { app } = await appWith({ checks: [broken] })
  const reply = await app.inject({ url: '/health' })
  expect([reply.statusCode, reply.json()]).toEqual([200, { status: 'ok', version: '0.0.0' }])
})

it('/metrics measures requests by operation, events and the process', async () => {
  const { app } = await appWith({ bindings: allBindings(), events: events(7) })
  await app.inject({ url: '/api/v1/users/me', headers: bearer('member') })
  await app.inject({ url: '/api/v1/users/somebody' })
  await app.inject({ url: '/api/v1/users/somebody.else' })
  const { body, headers } = await app.inject({ url: '/metrics' })
  expect(headers['content-type']).toContain('text/plain')
  expect(body).toContain(
    'http_request_duration_seconds_count{method="GET",route="members.me",status="200"} 1',
  )
  expect(body).toContain(
    'http_request_duration_seconds_count{method="GET",route="members.profile",status="200"} 2',
  )
  expect(body).toContain('tintype_event_backlog{group="feed"} 3')
  expect(body).toContain('tintype_event_oldest_seconds{group="feed"} 7')
  expect(body).toContain('tintype_dead_letters 2')
  expect(body).toContain('nodejs_eventloop_lag_seconds')
})
