import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import type { PushNote, PushTarget } from '../port.ts'
import { throughAll } from '../sending.ts'
import { aNote, type Mood, testPush } from '../suite/push.suite.ts'
import { Fcm } from './fcm.ts'

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
const credentials = {
  project_id: 'the-club',
  client_email: 'pushes@the-club.iam.gserviceaccount.com',
  private_key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
}

interface Phone {
  mood: Mood | 'mismatch'
  received: (Partial<PushNote> & { ttl: number; priority: string })[]
}

/** Google as far as it matters: hands out tokens for signed requests, and takes messages with them. */
async function startGoogle() {
  const phones = new Map<string, Phone>()
  const tokens = new Set<string>()
  const state = { logIns: 0 }
  const bodyOf = async (request: IncomingMessage) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    return Buffer.concat(chunks).toString()
  }
  const reply = (response: ServerResponse, status: number, body: unknown, headers = {}) =>
    void response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify(body))
  const failed = (status: string, errorCode?: string) => ({
    error: { status, ...(errorCode ? { details: [{ '@type': 'FcmError', errorCode }] } : {}) },
  })
  const logIn = async (request: IncomingMessage, response: ServerResponse) => {
    const form = new URLSearchParams(await bodyOf(request))
    expect(form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer')
    const { payload } = await jwtVerify(form.get('assertion') ?? '', keys.publicKey, {
      audience: 'https://oauth2.googleapis.com/token',
      issuer: credentials.client_email,
    })
    expect(payload.scope).toBe('https://www.googleapis.com/auth/firebase.messaging')
    const token = randomBytes(16).toString('hex')
    tokens.add(token)
    state.logIns++
    reply(response, 200, { access_token: token, expires_in: 3600, token_type: 'Bearer' })
  }
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const { message } = JSON.parse(await bodyOf(request))
    if (!tokens.has(/^Bearer (\w+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''))
      return reply(response, 401, failed('UNAUTHENTICATED'))
    const phone = phones.get(message.token)
    if (!phone || phone.mood === 'gone') return reply(response, 404, failed('NOT_FOUND', 'UNREGISTERED'))
    if (phone.mood === 'mismatch')
      return reply(response, 403, failed('PERMISSION_DENIED', 'SENDER_ID_MISMATCH'))
    if (phone.mood === 'silent') return
    if (phone.mood === 'fails') return reply(response, 503, failed('UNAVAILABLE'))
    if (phone.mood !== 'takes')
      return reply(response, 429, failed('QUOTA_EXCEEDED'), { 'retry-after': String(phone.mood.wait) })
    const { data, notification, android } = message
    expect(android.notification?.tag ?? data.tag).toBe(data.tag)
    expect(android.collapse_key).toBe(data.tag)
    phone.received.push({
      ...data,
      ...notification,
      badge: Number(data.badge),
      ttl: Number(android.ttl.slice(0, -1)),
      priority: android.priority,
    })
    reply(response, 200, { name: 'projects/the-club/messages/1' })
  }
  const server = createServer((request, response) => {
    const work = request.url === '/token' ? logIn(request, response) : take(request, response)
    work.catch((error) => reply(response, 400, { error: { status: String(error) } }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  /** As if the names of Google's hosts led here. */
  const toHere: typeof fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const allowed = ['oauth2.googleapis.com/token', 'fcm.googleapis.com/v1/projects/the-club/messages:send']
    expect(allowed).toContain(url.host + url.pathname)
    return fetch(at + url.pathname, init)
  }
  return {
    phones,
    tokens,
    state,
    open: (patienceMs = 5000) =>
      throughAll('', { fcm: new Fcm({ credentials, now: () => Date.now(), patienceMs, fetch: toHere }) }),
    phone(): PushTarget {
      const token = `f:${randomBytes(40).toString('base64url')}`
      phones.set(token, { mood: 'takes', received: [] })
      return { kind: 'fcm', token }
    },
    of(target: PushTarget): Phone {
      const phone = target.kind === 'fcm' ? phones.get(target.token) : undefined
      if (!phone) throw new Error('no such phone')
      return phone
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

testPush('FCM', async () => {
  const google = await startGoogle()
  return {
    open: async (patienceMs) => google.open(patienceMs),
    target: () => google.phone(),
    behave(target, mood) {
      google.of(target).mood = mood
    },
    received: (target) => google.of(target).received,
    ttlOf: (target) => google.of(target).received.at(-1)?.ttl ?? 0,
    dispose: () => google[Symbol.asyncDispose](),
  }
})

const terms = { urgency: 'high', ttl: 60 } as const

test('logs in once for many, and anew when its token was taken back', async () => {
  await using google = await startGoogle()
  await using push = google.open()
  const phone = google.phone()
  for (let n = 0; n < 3; n++) expect(await push.send(phone, aNote(), terms)).toEqual({ status: 'taken' })
  expect(google.state.logIns).toBe(1)
  google.tokens.clear()
  expect(await push.send(phone, aNote(), terms)).toMatchObject({ status: 'later', reason: 'UNAUTHENTICATED' })
  expect(await push.send(phone, aNote(), terms)).toEqual({ status: 'taken' })
  expect(google.state.logIns).toBe(2)
  expect(google.of(phone).received.at(-1)?.priority).toBe('HIGH')
})

test('an app of another project is gone', async () => {
  await using google = await startGoogle()
  await using push = google.open()
  const phone = google.phone()
  google.of(phone).mood = 'mismatch'
  expect(await push.send(phone, aNote(), terms)).toEqual({ status: 'gone' })
})

test('credentials that are none are told of at once', () => {
  expect(() => new Fcm({ credentials: {} as never, now: Date.now, patienceMs: 1 })).toThrow('project_id')
})
