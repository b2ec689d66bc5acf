import type { AddressInfo } from 'node:net'
import { type RealtimeMessage, type SessionId, TintypeError, type UserId } from '@tintype/contract'
import { openTestDb, type TestDb } from '@tintype/testkit/database'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Broadcast } from '../engines/broadcast/port.ts'
import { openPostgresBroadcast } from '../engines/broadcast/postgres/broadcast.ts'
import { newId } from '../kit/ids.ts'
import { tellBadge, tellMember, tellMembers } from '../kit/member-channel.ts'
import { realtimePlugin } from './realtime.ts'

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
  logs = []
  app = Fastify({ logger: { level: 'warn', stream: { write: (line: string) => void logs.push(line) } } })
  const plugin = realtimePlugin({
    broadcast: here,
    publicUrl: '',
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
  })
  await app.register(async (scope) => plugin(scope))
  await app.listen({ port: 0, host: '127.0.0.1' })
  url = `ws://127.0.0.1:${(app.server.address() as AddressInfo).port}/api/v1/realtime`
})
afterEach(() => app.close())

function open(address = url, options: Record<string, unknown> = {}) {
  const socket = new WebSocket(address, options as never)
  const messages: RealtimeMessage[] = []
  const closed = Promise.withResolvers<{ code: number; reason: string }>()
  socket.addEventListener('message', (event) => messages.push(JSON.parse(String(event.data))))
  socket.addEventListener('close', ({ code, reason }) => closed.resolve({ code, reason }))
  const ready = () =>
    vi.waitFor(() => expect(messages[0]).toEqual({ type: 'ready', data: { user_id: ana.user_id } }))
  return { socket, messages, closed: closed.promise, ready }
}

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
  await vi.waitFor(() => expect(other.messages).toHaveLength(2))
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
    const { ready, socket } = open(url, { headers: { cookie: 'tintype_access=ana', origin } })
    await ready()
    socket.close()
  })

  test('not the cookie when another site’s page opened the socket', async () => {
    const { closed } = open(url, {
      headers: { cookie: 'tintype_access=ana', origin: 'https://elsewhere.example' },
    })
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
    for (const { messages } of [phone, desk])
      await vi.waitFor(() => expect(messages.slice(1)).toEqual([badge(1)]))
    phone.socket.close()
    await phone.closed
    await tellMember(there, ana.user_id, badge(2))
    await vi.waitFor(() => expect(desk.messages.slice(1)).toEqual([badge(1), badge(2)]))
    desk.socket.close()
  })

  test('hears of new posts, told to many members at once', async () => {
    const { ready, messages, socket } = open(`${url}?access_token=ana`)
    await ready()
    await tellMembers(there, [newId<UserId>(), ana.user_id], newPosts(2))
    await tellMembers(there, [newId<UserId>()], newPosts(1))
    await tellMember(there, ana.user_id, badge(1))
    const newPost = { type: 'feed.new_posts', data: { count: 2 } }
    await vi.waitFor(() => expect(messages.slice(1)).toEqual([newPost, badge(1)]))
    socket.close()
  })

  test('is told what its member has not read, counted for nobody who is not there', async () => {
    const { ready, messages, socket } = open(`${url}?access_token=ana`)
    await ready()
    await tellBadge(there, 'notifications.unread', [newId<UserId>()])
    await tellBadge(there, 'notifications.unread', [newId<UserId>(), ana.user_id])
    await vi.waitFor(() => expect(messages.slice(1)).toEqual([badge(1)]))
    await Promise.all(
      Array.from({ length: 20 }, () => tellBadge(there, 'notifications.unread', [ana.user_id])),
    )
    await vi.waitFor(() => expect(messages.at(-1)).toEqual(badge(unread)))
    const counts = messages.flatMap(({ data }) => ('count' in data ? data.count : []))
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
    const { ready, closed, messages } = open(`${url}?access_token=ana-old`)
    const other = open(`${url}?access_token=ana-new`)
    await Promise.all([ready(), other.ready()])
    expired.add('ana-old')
    expect(await closed).toEqual({ code: 4401, reason: 'token_expired' })
    expect(messages).toHaveLength(1)
    await tellMember(here, ana.user_id, badge(3))
    await vi.waitFor(() => expect(other.messages).toContainEqual(badge(3)))
    other.socket.close()
  })

  test('does not keep the server from stopping', async () => {
    const { ready, closed } = open(`${url}?access_token=ana`)
    await ready()
    await app.close()
    expect((await closed).code).toBeGreaterThan(1000)
    expect(listeners.size).toBe(0)
  })
})
