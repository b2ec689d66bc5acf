import { type CommentId, TintypeError } from '@tintype/contract'
import { openTestDb, type TestDb } from '@tintype/testkit/database'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { FakeClock } from '../kit/clock.ts'
import { newId } from '../kit/ids.ts'
import { answering, appWith, bearer, member } from './app.suite.ts'
import {
  type IdempotencyStore,
  idempotencyPurge,
  idempotencyStore,
  type KeyedRequest,
  LEASE_MS,
} from './idempotency-store.ts'

let testDb: TestDb
let store: IdempotencyStore
let clock: FakeClock
beforeAll(async () => {
  testDb = await openTestDb()
})
beforeEach(() => {
  clock = new FakeClock()
  store = idempotencyStore(testDb.db, clock)
})
afterAll(() => testDb[Symbol.asyncDispose]())

const post = newId()
async function claimed(request: KeyedRequest) {
  const claim = await store.claim(request)
  if (claim.outcome !== 'run') throw new Error('it was made before')
  return claim
}
let nextKey = 1

/** A gateway over the store on PostgreSQL, whose `comment` does what the test says and counts. */
async function commenting(work: (reservedId: string | undefined) => Promise<void> = async () => {}) {
  const key = `key-${nextKey++}`
  const made: (string | undefined)[] = []
  const bindings = answering('comments.create', async ({ reservedId, body }) => {
    made.push(reservedId)
    await work(reservedId)
    return { comment_id: (reservedId ?? newId()) as CommentId, text: body.text } as never
  })
  const { app } = await appWith({ bindings, idempotency: store })
  const send = async (text = 'hello', headers: Record<string, string> = { 'idempotency-key': key }) => {
    const reply = await app.inject({
      method: 'POST',
      url: `/api/v1/posts/${post}/comments`,
      headers: { ...bearer('member'), ...headers },
      payload: { text },
    })
    const { success, data, error } = reply.json()
    return { status: reply.statusCode, replayed: reply.headers['idempotency-replayed'], success, data, error }
  }
  return { key, made, send }
}

it('does it once and answers the same again, for a day', async () => {
  const { made, send } = await commenting()
  const first = await send()
  expect([first.status, first.replayed]).toEqual([201, undefined])
  clock.advance(86_399_000)
  const again = await send()
  expect(again).toEqual({ ...first, replayed: 'true' })
  expect(made).toEqual([first.data.comment_id])
  clock.advance(2000)
  expect((await send()).data.comment_id).not.toBe(first.data.comment_id)
})

it('does it each time without a key, or with another', async () => {
  const { made, send } = await commenting()
  const keys: Record<string, string>[] = [{}, {}, { 'idempotency-key': 'a' }, { 'idempotency-key': 'b' }]
  for (const headers of keys) await send('x', headers)
  expect(made).toHaveLength(4)
})

it('refuses a key that stood for something else, and one that is none', async () => {
  const { send } = await commenting()
  await send('hello')
  expect((await send('good bye')).error.code).toBe('idempotency_mismatch')
  expect((await send('x', { 'idempotency-key': 'with blank' })).error.code).toBe('validation_failed')
})

it('lets one of many at once through and tells the others to wait', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const { made, send } = await commenting(() => promise)
  const running = Array.from({ length: 5 }, () => send())
  const refused = await Promise.race(running)
  expect([refused.status, refused.error.code]).toEqual([409, 'conflict'])
  resolve()
  const replies = await Promise.all(running)
  const done = replies.filter(({ status }) => status === 201)
  // Whoever came after the first had ended is given its reply.
  expect(new Set(done.map(({ data }) => data.comment_id)).size).toBe(1)
  for (const { status } of replies) expect([201, 409]).toContain(status)
  expect(made).toHaveLength(1)
})

it('forgets an attempt that failed, so that it can be corrected', async () => {
  let broken = true
  const { made, send } = await commenting(async () => {
    if (broken) throw new TintypeError('comments_off')
  })
  expect((await send()).error.code).toBe('comments_off')
  broken = false
  expect((await send('other words')).status).toBe(201)
  expect(made).toHaveLength(2)
})

it('lets the next attempt take over from a process that died, under the same id', async () => {
  const request = { user_id: member.user_id, key: 'died', request_hash: Buffer.from('one') }
  const { reserved_id, lease_id } = await claimed(request)
  await expect(store.claim(request)).rejects.toMatchObject({ code: 'conflict', details: { retry_after: 20 } })
  clock.advance(LEASE_MS / 2)
  await store.renew({ ...request, lease_id })
  clock.advance(LEASE_MS - 1)
  await expect(store.claim(request)).rejects.toMatchObject({ code: 'conflict' })
  clock.advance(1)
  expect((await claimed(request)).reserved_id).toBe(reserved_id)
  await expect(store.claim({ ...request, request_hash: Buffer.from('two') })).rejects.toMatchObject({
    code: 'idempotency_mismatch',
  })
})

it('does not let an attempt that was too slow write over the one that took over', async () => {
  const request = { user_id: member.user_id, key: 'slow', request_hash: Buffer.from('one') }
  const slow = { ...request, ...(await claimed(request)) }
  clock.advance(LEASE_MS)
  const next = { ...request, ...(await claimed(request)) }
  await store.release(slow)
  await store.renew(slow)
  await store.finish(slow, { status: 500, body: 'late' })
  await expect(store.claim(request)).rejects.toMatchObject({ code: 'conflict' })
  await store.finish(next, { status: 201, body: 'done' })
  await store.finish(slow, { status: 500, body: 'later' })
  expect(await store.claim(request)).toEqual({ outcome: 'replay', status: 201, body: 'done' })
})

it('keeps members’ keys apart, and clears out the old ones', async () => {
  const request = { key: 'same', request_hash: Buffer.from('one') }
  const mine = { ...request, user_id: member.user_id }
  const { lease_id } = await claimed(mine)
  await store.finish({ ...mine, lease_id }, { status: 201, body: '{}' })
  expect((await store.claim({ ...request, user_id: newId() })).outcome).toBe('run')
  await idempotencyPurge(testDb.db, clock).run(new AbortController().signal)
  expect((await store.claim(mine)).outcome).toBe('replay')
  clock.advance(86_400_000)
  await idempotencyPurge(testDb.db, clock).run(new AbortController().signal)
  expect((await store.claim(mine)).outcome).toBe('run')
})
