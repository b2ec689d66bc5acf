import type { SessionId, UserId } from '@tintype/contract'
import { startSystem } from '@tintype/testkit'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { PushNote, PushTarget } from '../../engines/push/port.ts'
import { newId } from '../../kit/ids.ts'
import type { PushSource } from '../push-source.ts'
import { Dispatcher } from './dispatcher.ts'
import { Preferences } from './preferences.ts'
import type { SubscriptionRow } from './subscription-store.ts'

const BACKLOG = 20_000

/** A source of which something is always to be told. */
const source = (name: string, lane: PushSource['lane']): PushSource => ({
  name,
  lane,
  again: 'aloud',
  hold: 0,
  types: [],
  hints: async () => [],
  texts: async (_, ids) =>
    new Map(ids.map((id) => [id, { kind: 'message', title: name, body: name, url: '/', version: '' }])),
})

test('a message passes twenty thousand likes that wait for the same host', async () => {
  await using system = await startSystem({ env: { ROLES: 'api' } })
  const { db } = system.engines
  const [likes, messages] = [source('likes', 'normal'), source('messages', 'high')]
  const sent: string[] = []
  const told = Promise.withResolvers<number>()
  const push = {
    // A host at the pace of a real one.
    async send(_target: PushTarget, note: PushNote) {
      await new Promise((resolve) => setTimeout(resolve, 50))
      sent.push(note.title)
      if (note.title === 'messages') told.resolve(performance.now())
      return { status: 'taken' as const }
    },
  }
  const device = (user_id: UserId): SubscriptionRow => ({
    user_id,
    subscription_id: user_id,
    session_id: newId<SessionId>(),
    kind: 'fcm',
    endpoint: user_id,
    p256dh: '',
    auth: '',
    host: 'push.example.org',
    created_at: new Date(0),
  })
  const dispatcher = new Dispatcher({
    db,
    clock: system.clock,
    logger: { error: (...what: unknown[]) => told.reject(what), warn: () => {} },
    push,
    sources: [likes, messages],
    preferences: new Preferences({ db, clock: system.clock }),
    subscriptions: { of: async (id) => [device(id)], remove: async () => {} },
    notifications: { unreadCount: async () => 1 },
    community: { instance: async () => ({ name: 'Club' }) as never },
  })
  const now = new Date(system.clock.now())
  await sql`
    insert into push_queue (user_id, subscription_id, source, subject_id, lane, host, due_at, created_at)
    select id, id, 'likes', id, 1, 'push.example.org', ${now}, ${now}
    from (select gen_random_uuid() as id from generate_series(1, ${BACKLOG})) backlog`.execute(db.query)
  const ana = newId<UserId>()
  const { session_id, ...row } = device(ana)
  await sql`
    insert into push_subscriptions (user_id, subscription_id, session_id, kind, endpoint, p256dh, auth, host, created_at)
    values (${ana}, ${ana}, ${session_id}, ${row.kind}, ${row.endpoint}, '', '', ${row.host}, ${now})`.execute(
    db.query,
  )
  await using _running = dispatcher.start()
  while (sent.length < 100) await new Promise((resolve) => setTimeout(resolve, 5))
  const began = performance.now()
  await dispatcher.hear(messages, [{ user_id: ana, id: newId(), begins: true }])
  const waited = (await told.promise) - began
  expect(sent.filter((title) => title === 'likes').length).toBeLessThan(BACKLOG / 10)
  expect(waited).toBeLessThan(1000)
  // What decides it: the next row of a host and lane is found by an index, however many stand behind it.
  const { rows } = await sql<Record<string, string>>`
    explain select user_id from push_queue where host = 'push.example.org' and lane = 0 and due_at <= ${now} and lease_until is null
    order by due_at limit 8`.execute(db.query)
  expect(rows.map((line) => line['QUERY PLAN']).join('\n')).toContain('push_queue_due')
})
