import { once } from 'node:events'
import { type AddressInfo, createConnection } from 'node:net'
import {
  closeCodes,
  type RealtimeMessage,
  type SentFrame,
  type SessionId,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import { openTestDb, type TestDb } from '@tintype/testkit/database'
import { Live } from '@tintype/testkit/live'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Broadcast } from '../../engines/broadcast/port.ts'
import { openPostgresBroadcast } from '../../engines/broadcast/postgres/broadcast.ts'
import { FakeClock } from '../../kit/clock.ts'
import { newId } from '../../kit/ids.ts'
import { memberChannel, tellBadge, tellMember, tellMembers } from '../../kit/member-channel.ts'
import { kept } from './ring.ts'
import { serveGateway } from './served.suite.ts'

/** Two processes over one Broadcast: what is told in one reaches the sockets of the other. */
const ana = { user_id: newId<UserId>(), session_id: newId<SessionId>(), role: 'member' as const }
let testDb: TestDb
let here: Broadcast
let there: Broadcast
let app: FastifyInstance
let url: string
let logs: string[]
let expired: Set<string>
let unread: number
let clock: FakeClock
/** Tells ana in this process alone. */
let sayHere: (message: RealtimeMessage) => void
let listeners: Set<(ended: readonly SessionId[]) => void>

beforeAll(async () => {
  testDb = await openTestDb()
  const onError = (error: unknown) => {
    throw error
  }
  here = await openPostgresBroadcast({ db: testDb.db, onError })
  there = await openPostgresBroadcast({ db: testDb.db, onError })
})
afterAll(async () => {
  await here[Symbol.asyncDispose]()
  await there[Symbol.asyncDispose]()
  await testDb[Symbol.asyncDispose]()
})

beforeEach(async () => {
  expired = new Set()
  unread = 0
  listeners = new Set()
  clock = new FakeClock()
  logs = []
  const fastify = Fastify({
    logger: { level: 'warn', stream: { write: (line: string) => void logs.push(line) } },
  })
  const parts: Parameters<typeof serveGateway>[0] = {
    broadcast: Object.assign(Object.create(here), {
      subscribe(channel: string, handler: typeof sayHere) {
        if (channel === memberChannel(ana.user_id)) sayHere = handler
        return here.subscribe(channel, handler as (message: unknown) => void)
      },
    }),
    clock,
    perMember: 3,
    rateLimitMultiplier: 1,
    // A socket that does not answer a beat is cut: no busy machine is to be so late.
    heartbeatMs: 300,
    patienceMs: 500,
    authenticate(token) {
      if (expired.has(token)) throw new TintypeError('token_expired')
      if (!token.startsWith('ana')) throw new TintypeError('unauthorized')
      return ana
    },
    badges: [
      { name: 'notifications.unread', count: async (ids) => new Map(ids.map((id) => [id, ++unread])) },
    ],
    onSessionsEnded(listener) {
      listeners.add(listener)
      return { [Symbol.dispose]: () => listeners.delete(listener) }
    },
  }
  ;({ app, url } = await serveGateway(parts, fastify))
})
afterEach(() => app.close())

function open(address = url, options: Record<string, string> = {}) {
  const live = new Live(address, options)
  /** What it was told, without where that stands. */
  const told = () => live.messages.slice(1).map(({ type, data }) => ({ type, data }))
  const ready = async () => {
    const first = await live.next('ready')
    expect(live.messages[0]).toBe(first)
    expect(first.data).toMatchObject({ user_id: ana.user_id, resumed: false })
  }
  return { live, told, socket: live.socket, closed: live.closed, ready }
}
const resume = (cursor: string | undefined) => open(`${url}?access_token=ana&resume=${cursor}`)

const badge = (count: number): RealtimeMessage => ({ type: 'notifications.unread', data: { count } })
const newPosts = (count: number): RealtimeMessage => ({ type: 'feed.new_posts', data: { count } })
const unauthorized = { code: 4401, reason: 'unauthorized' }

test.each([
  ['a frame above 4 KB', 'x'.repeat(5000), 1009],
  ['a binary one', new Uint8Array(100_000), 1009],
])('%s closes its socket by a code, and is no event for the log', async (_, frame, code) => {
  const { socket, ready, closed } = open(`${url}?access_token=ana`)
  await ready()
  const other = open(`${url}?access_token=ana`)
  await other.ready()
  socket.send(frame)
  expect((await closed).code).toBe(code)
  await tellBadge(there, 'notifications.unread', [ana.user_id])
  await vi.waitFor(() => expect(other.told()).toHaveLength(1))
  expect(logs).toEqual([])
  other.socket.close()
})

describe('who may listen', () => {
  test('a token in the address', async () => {
    const { ready, socket } = open(`${url}?access_token=ana`)
    await ready()
    socket.close()
  })

  test('a token in the first frame', async () => {
    const { ready, socket } = open()
    socket.addEventListener('open', () => socket.send(JSON.stringify({ access_token: 'ana' })))
    await ready()
    socket.close()
  })

  test('the web app’s cookie, from our own pages', async () => {
    const origin = url.replace('ws:', 'http:').replace('/api/v1/realtime', '')
    const { ready, socket } = open(url, { cookie: 'tintype_access=ana', origin })
    await ready()
    socket.close()
  })

  test('not the cookie when another site’s page opened the socket', async () => {
    const { closed } = open(url, { cookie: 'tintype_access=ana', origin: 'https://elsewhere.example' })
    expect(await closed).toEqual(unauthorized)
  })

  test.each(['someone else', '{"access_token": 7}', '{"access_token": "ben"}', 'null'])(
    'not a first frame of %s',
    async (frame) => {
      const { closed, socket } = open()
      socket.addEventListener('open', () => socket.send(frame))
      expect(await closed).toEqual(unauthorized)
    },
  )

  test('not one who says nothing', async () => {
    expect(await open().closed).toEqual(unauthorized)
  })
})

describe('an open socket', () => {
  test('gets what its member is told in any process, on every device, and nobody else’s', async () => {
    const phone = open(`${url}?access_token=ana-phone`)
    const desk = open(`${url}?access_token=ana-desk`)
    await Promise.all([phone.ready(), desk.ready()])
    await tellMember(there, newId<UserId>(), badge(9))
    await tellMember(there, ana.user_id, badge(1))
    for (const { told } of [phone, desk]) await vi.waitFor(() => expect(told()).toEqual([badge(1)]))
    phone.socket.close()
    await phone.closed
    await tellMember(there, ana.user_id, badge(2))
    await vi.waitFor(() => expect(desk.told()).toEqual([badge(1), badge(2)]))
    desk.socket.close()
  })

  test('hears of new posts, told to many members at once', async () => {
    const { ready, told, socket } = open(`${url}?access_token=ana`)
    await ready()
    await tellMembers(there, [newId<UserId>(), ana.user_id], newPosts(2))
    await tellMembers(there, [newId<UserId>()], newPosts(1))
    await tellMember(there, ana.user_id, badge(1))
    const newPost = { type: 'feed.new_posts', data: { count: 2 } }
    await vi.waitFor(() => expect(told()).toEqual([newPost, badge(1)]))
    socket.close()
  })

  test('is told what its member has not read, counted for nobody who is not there', async () => {
    const { ready, told, socket } = open(`${url}?access_token=ana`)
    await ready()
    await tellBadge(there, 'notifications.unread', [newId<UserId>()])
    await tellBadge(there, 'notifications.unread', [newId<UserId>(), ana.user_id])
    await vi.waitFor(() => expect(told()).toEqual([badge(1)]))
    await Promise.all(
      Array.from({ length: 20 }, () => tellBadge(there, 'notifications.unread', [ana.user_id])),
    )
    await vi.waitFor(() => expect(told().at(-1)).toEqual(badge(unread)))
    const counts = told().flatMap(({ data }) => ('count' in data ? data.count : []))
    expect(counts).toEqual(counts.toSorted((a, b) => a - b))
    socket.close()
  })

  test('is closed when its session ends', async () => {
    const { ready, closed } = open(`${url}?access_token=ana`)
    await ready()
    for (const listener of listeners) listener([newId<SessionId>(), ana.session_id])
    expect(await closed).toEqual(unauthorized)
  })

  test('is closed when its token runs out, and lives through many heartbeats before', async () => {
    const { ready, closed, told } = open(`${url}?access_token=ana-old`)
    const other = open(`${url}?access_token=ana-new`)
    await Promise.all([ready(), other.ready()])
    expired.add('ana-old')
    expect(await closed).toEqual({ code: 4401, reason: 'token_expired' })
    expect(told()).toEqual([])
    await tellMember(here, ana.user_id, badge(3))
    await vi.waitFor(() => expect(other.told()).toContainEqual(badge(3)))
    other.socket.close()
  })

  test('does not keep the server from stopping', async () => {
    const { ready, closed } = open(`${url}?access_token=ana`)
    await ready()
    await app.close()
    expect((await closed).code).toBe(1001)
    expect(listeners.size).toBe(0)
  })
})

describe('one who comes back', () => {
  const cursorOf = async (live: Live) => (await live.next('ready')).cursor

  test('is told exactly what was missed, also where nothing had been said before', async () => {
    const before = open(`${url}?access_token=ana`)
    const cursor = await cursorOf(before.live)
    await before.live.close()
    for (const count of [1, 2]) await tellMember(there, ana.user_id, badge(count))
    await vi.waitFor(async () => {
      const back = resume(cursor)
      expect((await back.live.next('ready')).data.resumed).toBe(true)
      await back.live.close()
      expect(back.told()).toEqual([badge(1), badge(2)])
    })
    // They are no business of a socket that is new.
    const other = open(`${url}?access_token=ana`)
    await other.ready()
    expect(other.told()).toEqual([])
    await other.live.close()
  })

  test.each([
    ['another process’s cursor', 'elsewhere:3'],
    ['none at all', 'x'],
  ])('fetches with %s', async (_, cursor) => {
    await tellMember(here, ana.user_id, badge(1))
    const back = resume(cursor)
    await back.ready()
    await back.live.close()
    expect(back.told()).toEqual([])
  })

  test('fetches after too long', async () => {
    const before = open(`${url}?access_token=ana`)
    const cursor = await cursorOf(before.live)
    await tellMember(here, ana.user_id, badge(1))
    clock.advance(kept.ms + 1)
    const back = resume(cursor)
    await back.ready()
    expect(back.told()).toEqual([])
    await Promise.all([before.live.close(), back.live.close()])
  })

  test('fetches after more than is kept', async () => {
    const before = open(`${url}?access_token=ana`)
    const cursor = await cursorOf(before.live)
    for (let n = 0; n <= kept.messages; n++) await tellMember(here, ana.user_id, badge(n))
    const back = resume(cursor)
    await back.ready()
    const later = resume(before.live.messages.at(-2)?.cursor)
    expect((await later.live.next('ready')).data.resumed).toBe(true)
    await vi.waitFor(() => expect(later.told()).toEqual([badge(kept.messages)]))
    for (const { live } of [before, back, later]) await live.close()
  })
})

describe('limits', () => {
  test('more sockets than a member may have are refused, and those that are open stay', async () => {
    const three = [1, 2, 3].map(() => open(`${url}?access_token=ana`))
    for (const { ready } of three) await ready()
    const fourth = open(`${url}?access_token=ana`)
    expect((await fourth.closed).code).toBe(closeCodes.too_many_connections.code)
    await three[0]?.live.close()
    const fifth = open(`${url}?access_token=ana`)
    await fifth.ready()
    for (const { live } of [...three, fifth]) await live.close()
  })

  test.each(['{', 'null', '7', '{"type":7}', '{"type":"of.tomorrow"}'])(
    'the frame %s is refused, and that is all',
    async (frame) => {
      const { live, ready } = open(`${url}?access_token=ana`)
      await ready()
      live.socket.send(frame)
      expect((await live.next('refused')).data.code).toBe('bad_request')
      await live.heard()
      await live.close()
    },
  )

  test('a frame says what it was asked for', async () => {
    const { live, ready } = open(`${url}?access_token=ana`)
    await ready()
    live.socket.send(JSON.stringify({ type: 'subscribe', data: { topics: [] }, ref: 'seven' }))
    const { data } = await live.next('refused')
    expect(data).toEqual({ frame: 'subscribe', code: 'validation_failed', ref: 'seven' })
    await live.close()
  })

  test('frames that come too often are refused, and far too many close the socket', async () => {
    const { live, ready, closed } = open(`${url}?access_token=ana`)
    await ready()
    const ping: SentFrame = { type: 'ping', data: {} }
    for (let n = 0; n < 61; n++) live.send(ping)
    expect((await live.next('refused')).data).toEqual({ frame: 'ping', code: 'rate_limited' })
    expect(live.messages.filter(({ type }) => type === 'pong')).toHaveLength(60)
    clock.advance(1000)
    await live.heard()
    for (let n = 0; n < 200; n++) live.send(ping)
    expect((await closed).code).toBe(closeCodes.too_many_frames.code)
  })

  test('one that takes nothing is closed by a code', async () => {
    const slow = createConnection({ port: (app.server.address() as AddressInfo).port, host: '127.0.0.1' })
    slow.write(
      'GET /api/v1/realtime?access_token=ana HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    )
    await once(slow, 'readable')
    const chunks: Buffer[] = []
    // Long enough to fill what the kernel takes for it, and then some.
    const long = newPosts(1)
    const padded = { ...long, data: { ...long.data, padding: 'x'.repeat(100_000) } } as RealtimeMessage
    for (let n = 0; n < 200; n++) sayHere(padded)
    slow.on('data', (chunk) => chunks.push(chunk))
    await once(slow, 'close')
    const bytes = Buffer.concat(chunks)
    const reason = bytes.indexOf('too_slow')
    expect(bytes.readUInt16BE(reason - 2)).toBe(closeCodes.too_slow.code)
  })
})
