import { createECDH, randomBytes } from 'node:crypto'
import { type Browser, PushHost } from '@tintype/testkit/push-host'
import { describe, expect, test } from 'vitest'
import type { PushTarget } from '../port.ts'
import { throughAll } from '../sending.ts'
import { aNote, testPush } from '../suite/push.suite.ts'
import { MAX_PLAIN } from './encrypt.ts'
import { vapidOf } from './vapid.ts'
import { WebPush } from './web-push.ts'

const secret = 'a secret for tests, long enough to be one'
const now = () => Date.now()
const terms = { urgency: 'high', ttl: 60 } as const
const openOne = ({ patienceMs = 5000, allowPrivate = true } = {}) => {
  const vapid = vapidOf(secret, 'mailto:owner@example.org', now)
  return throughAll(vapid.publicKey, { web: new WebPush({ vapid, now, allowPrivate, patienceMs }) })
}

testPush('Web Push', async () => {
  const host = await PushHost.start(() => vapidOf(secret, '', now).publicKey)
  const browsers = new Map<PushTarget, Browser>()
  const browserOf = (target: PushTarget): Browser => {
    const found = browsers.get(target)
    if (!found) throw new Error('no such browser')
    return found
  }
  return {
    open: async (patienceMs = 5000) => openOne({ patienceMs }),
    target() {
      const browser = host.browser()
      const target: PushTarget = { kind: 'web', endpoint: browser.endpoint, ...browser.keys }
      browsers.set(target, browser)
      return target
    },
    behave(target, mood) {
      browserOf(target).mood = typeof mood === 'object' ? { wait: String(mood.wait) } : mood
    },
    received: (target) => browserOf(target).received.map(({ note }) => note),
    ttlOf: (target) => browserOf(target).received.at(-1)?.ttl ?? 0,
    dispose: () => host[Symbol.asyncDispose](),
  }
})

const subscriptionTo = (endpoint: string): PushTarget => {
  const pair = createECDH('prime256v1')
  pair.generateKeys()
  return {
    kind: 'web',
    endpoint,
    p256dh: pair.getPublicKey('base64url'),
    auth: randomBytes(16).toString('base64url'),
  }
}

test('the key is the same after a restart, and another for another secret', () => {
  const { publicKey } = vapidOf(secret, '', now)
  expect(vapidOf(secret, '', now).publicKey).toBe(publicKey)
  expect(vapidOf(`${secret}!`, '', now).publicKey).not.toBe(publicKey)
  expect(Buffer.from(publicKey, 'base64url')).toHaveLength(65)
})

describe('an endpoint that leads into our own network', () => {
  test.each([
    'http://push.example.org/1',
    'https://127.0.0.1/1',
    'https://[::1]/1',
    'https://[::ffff:127.0.0.1]/1',
    'https://10.0.0.1/1',
    'https://169.254.169.254/latest/meta-data',
    'https://localhost/1',
    'https://printer.local/1',
    'https://0x7f.1/1',
    'https://2130706433/1',
    'https://user:pass@push.example.org/1',
    'ftp://push.example.org/1',
    'file:///etc/passwd',
  ])('%s is no target', async (endpoint) => {
    await using push = openOne({ allowPrivate: false })
    expect(push.accepts(subscriptionTo(endpoint))).toBe(false)
    expect(await push.send(subscriptionTo(endpoint), aNote(), terms)).toEqual({ status: 'gone' })
  })

  test('one of a push service is', async () => {
    await using push = openOne({ allowPrivate: false })
    expect(push.accepts(subscriptionTo('https://push.example.org/send/abc'))).toBe(true)
  })
})

test('keys that are none are refused before anything is sent', async () => {
  await using push = openOne()
  const good = subscriptionTo('https://push.example.org/1')
  for (const bad of [
    { p256dh: '' },
    { p256dh: Buffer.alloc(65).toString('base64url') },
    { p256dh: Buffer.concat([Buffer.of(4), randomBytes(64)]).toString('base64url') },
    { auth: randomBytes(15).toString('base64url') },
  ])
    expect(push.accepts({ ...good, ...bad } as PushTarget)).toBe(false)
})

test('a note that is too long for one record is refused, one that just fits arrives', async () => {
  await using host = await PushHost.start(() => vapidOf(secret, '', now).publicKey)
  await using push = openOne()
  const browser = host.browser()
  const target: PushTarget = { kind: 'web', endpoint: browser.endpoint, ...browser.keys }
  const room = MAX_PLAIN - Buffer.byteLength(JSON.stringify(aNote({ body: '' })))
  expect(await push.send(target, aNote({ body: 'x'.repeat(room) }), terms)).toEqual({ status: 'taken' })
  expect((await push.send(target, aNote({ body: 'x'.repeat(room + 1) }), terms)).status).toBe('refused')
  expect(browser.received).toHaveLength(1)
  expect(browser.received[0]).toMatchObject({ urgency: 'high', ttl: 60, topic: aNote().tag })
})

test('an unknown subscription is gone, a date is a time to wait, a redirect is not followed', async () => {
  await using host = await PushHost.start(() => vapidOf(secret, '', now).publicKey)
  await using push = openOne()
  const browser = host.browser()
  const target: PushTarget = { kind: 'web', endpoint: browser.endpoint, ...browser.keys }
  browser.mood = 'unknown'
  expect(await push.send(target, aNote(), terms)).toEqual({ status: 'gone' })
  browser.mood = { wait: new Date(Date.now() + 90_000).toUTCString() }
  const told = await push.send(target, aNote(), terms)
  expect(told).toMatchObject({ status: 'later', afterMs: expect.any(Number) })
  browser.mood = { wait: '99999999' }
  expect(await push.send(target, aNote(), terms)).toMatchObject({ afterMs: 86_400_000 })
  browser.mood = 'refuses'
  expect(await push.send(target, aNote(), terms)).toMatchObject({ status: 'refused' })
})
