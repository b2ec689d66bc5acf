import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { jwtVerify } from 'jose'
import { expect, test, vi } from 'vitest'
import { FakeClock } from '../../../kit/clock.ts'
import type { PushNote, PushTarget } from '../port.ts'
import { throughAll } from '../sending.ts'
import { aNote, type Mood, testPush } from '../suite/push.suite.ts'
import { Apns } from './apns.ts'

const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const key = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const [keyId, teamId, topic] = ['ABC123DEFG', 'DEF123GHIJ', 'org.example.tintype']

interface Phone {
  mood: Mood | 'bad' | 'expired'
  received: (Partial<PushNote> & { ttl: number; priority: string; type: string; sound: boolean })[]
}

/** Apple as far as it matters: HTTP/2, tokens of the team's key that are not older than an hour, its own words for what is wrong. */
async function startApple(clock: { now(): number } = { now: () => Date.now() }) {
  const phones = new Map<string, Phone>()
  const tokens = new Set<string>()
  const sessions = new Set<ServerHttp2Session>()
  const answer = (stream: ServerHttp2Stream, status: number, reason?: string, headers = {}) => {
    stream.respond({ ':status': status, ...headers })
    stream.end(reason ? JSON.stringify({ reason }) : '')
  }
  const server = createServer()
  server.on('session', (session) => {
    sessions.add(session)
    session.on('close', () => sessions.delete(session))
  })
  server.on('stream', async (stream, headers) => {
    const chunks: Buffer[] = []
    for await (const chunk of stream) chunks.push(chunk as Buffer)
    const [, token = ''] = /^bearer ([\w.-]+)$/.exec(headers.authorization ?? '') ?? []
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keys.publicKey, {
        issuer: teamId,
        currentDate: new Date(clock.now()),
      })
      expect(protectedHeader).toMatchObject({ alg: 'ES256', kid: keyId })
      if (clock.now() / 1000 - (payload.iat ?? 0) > 3600) return answer(stream, 403, 'ExpiredProviderToken')
    } catch {
      return answer(stream, 403, 'InvalidProviderToken')
    }
    tokens.add(token)
    if (headers['apns-topic'] !== topic) return answer(stream, 400, 'DeviceTokenNotForTopic')
    const phone = phones.get(/^\/3\/device\/([0-9a-f]+)$/.exec(headers[':path'] ?? '')?.[1] ?? '')
    if (!phone || phone.mood === 'bad') return answer(stream, 400, 'BadDeviceToken')
    if (phone.mood === 'gone') return answer(stream, 410, 'Unregistered')
    if (phone.mood === 'silent') return
    if (phone.mood === 'expired') return answer(stream, 403, 'ExpiredProviderToken')
    if (phone.mood === 'fails') return answer(stream, 503, 'Shutdown')
    if (phone.mood !== 'takes')
      return answer(stream, 429, 'TooManyRequests', { 'retry-after': String(phone.mood.wait) })
    const { aps, tintype } = JSON.parse(Buffer.concat(chunks).toString())
    expect(headers['apns-collapse-id']).toBe(tintype.tag)
    phone.received.push({
      ...tintype,
      ...aps.alert,
      badge: aps.badge,
      ttl: Number(headers['apns-expiration']) - Math.floor(clock.now() / 1000),
      priority: String(headers['apns-priority']),
      type: String(headers['apns-push-type']),
      sound: aps.sound !== undefined,
    })
    answer(stream, 200)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    phones,
    tokens,
    sessions,
    open: (patienceMs = 5000) =>
      throughAll('', {
        apns: new Apns({ url, key, keyId, teamId, topic, now: () => clock.now(), patienceMs }),
      }),
    phone(): PushTarget {
      const token = randomBytes(32).toString('hex')
      phones.set(token, { mood: 'takes', received: [] })
      return { kind: 'apns', token }
    },
    of(target: PushTarget): Phone {
      const phone = target.kind === 'apns' ? phones.get(target.token) : undefined
      if (!phone) throw new Error('no such phone')
      return phone
    },
    async [Symbol.asyncDispose]() {
      for (const session of sessions) session.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

testPush('APNs', async () => {
  const apple = await startApple()
  return {
    open: async (patienceMs) => apple.open(patienceMs),
    target: () => apple.phone(),
    behave(target, mood) {
      apple.of(target).mood = mood
    },
    received: (target) => apple.of(target).received,
    ttlOf: (target) => apple.of(target).received.at(-1)?.ttl ?? 0,
    dispose: () => apple[Symbol.asyncDispose](),
  }
})

const terms = { urgency: 'high', ttl: 60 } as const

test('a message is an alert with a sound, a closing is read by the app alone', async () => {
  await using apple = await startApple()
  await using push = apple.open()
  const phone = apple.phone()
  await push.send(phone, aNote(), terms)
  await push.send(phone, aNote({ quiet: true }), { ...terms, urgency: 'low' })
  await push.send(phone, aNote({ action: 'close' }), terms)
  const [loud, quiet, closing] = apple.of(phone).received
  expect(loud).toMatchObject({ type: 'alert', priority: '10', sound: true })
  expect(quiet).toMatchObject({ type: 'alert', priority: '5', sound: false })
  expect(closing).toMatchObject({ type: 'background', priority: '5', sound: false })
  expect(closing).not.toHaveProperty('body')
  expect(apple.sessions.size).toBe(1)
})

test('one token is used for many, and renewed before Apple finds it too old', async () => {
  const clock = new FakeClock()
  await using apple = await startApple(clock)
  await using push = apple.open()
  const phone = apple.phone()
  for (let n = 0; n < 5; n++) {
    expect(await push.send(phone, aNote(), terms)).toEqual({ status: 'taken' })
    clock.advance(20 * 60_000)
  }
  expect(apple.tokens.size).toBe(2)
})

test('Apple’s words for a device that is no more', async () => {
  await using apple = await startApple()
  await using push = apple.open()
  expect(await push.send({ kind: 'apns', token: 'ab'.repeat(32) }, aNote(), terms)).toEqual({
    status: 'gone',
  })
  const phone = apple.phone()
  apple.of(phone).mood = 'expired'
  expect((await push.send(phone, aNote(), terms)).status).toBe('later')
})

test('a connection that is cut is made anew', async () => {
  await using apple = await startApple()
  await using push = apple.open()
  const phone = apple.phone()
  expect((await push.send(phone, aNote(), terms)).status).toBe('taken')
  for (const session of apple.sessions) session.destroy()
  await vi.waitFor(async () => expect((await push.send(phone, aNote(), terms)).status).toBe('taken'))
})

test('nobody answering at all is later', async () => {
  const apple = await startApple()
  await using push = apple.open(500)
  const phone = apple.phone()
  await apple[Symbol.asyncDispose]()
  expect((await push.send(phone, aNote(), terms)).status).toBe('later')
})
