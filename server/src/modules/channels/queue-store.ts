import type { UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'
import type { PushHint } from '../push-source.ts'

export interface QueueRow {
  user_id: UserId
  subscription_id: string
  source: string
  subject_id: string
  lane: number
  host: string
  due_at: Date
  attempts: number
  shown_at: Date | null
  shown_version: string | null
  created_at: Date
}

const sameRow = sql`
  q.user_id = t.user_id and q.subscription_id = t.subscription_id and q.source = t.source and q.subject_id = t.subject_id`

export interface Enqueued {
  source: string
  lane: number
  aloud: boolean
  due: Date
  now: Date
}

/**
 * Something began for these members: it is due on each of their devices. What waits there already stays as due as it was; what was shown is
 * looked at again, at once where it is told aloud, else not within five minutes.
 */
export async function enqueue(db: Sql, hints: readonly PushHint[], how: Enqueued): Promise<number> {
  const { source, lane, aloud, due, now } = how
  const { numAffectedRows } = await sql`
    insert into push_queue (user_id, subscription_id, source, subject_id, lane, host, due_at, created_at)
    select s.user_id, s.subscription_id, ${source}, h.id, ${lane}, s.host, ${due}::timestamptz, ${now}::timestamptz
    from (select distinct * from unnest(${hints.map((h) => h.user_id)}::uuid[], ${hints.map((h) => h.id)}::uuid[])
            as asked (user_id, id)) h
    join push_subscriptions s on s.user_id = h.user_id
    order by s.user_id, s.subscription_id, h.id
    on conflict (user_id, subscription_id, source, subject_id) do update set
      created_at = excluded.created_at,
      due_at = case
        when push_queue.shown_at is null and push_queue.lease_until is null then coalesce(push_queue.due_at, excluded.due_at)
        when ${aloud} then excluded.due_at
        else greatest(coalesce(push_queue.shown_at, excluded.created_at) + interval '5 minutes', excluded.due_at) end`.execute(
    db,
  )
  return Number(numAffectedRows ?? 0)
}

/** Something ended: where it is shown or waits, it is looked at now. */
export async function lookAgain(
  db: Sql,
  source: string,
  hints: readonly PushHint[],
  now: Date,
): Promise<number> {
  const { numAffectedRows } = await sql`
    update push_queue q set due_at = least(coalesce(q.due_at, ${now}), ${now})
    from unnest(${hints.map((h) => h.user_id)}::uuid[], ${hints.map((h) => h.id)}::uuid[]) as h (user_id, id)
    where q.user_id = h.user_id and q.source = ${source} and q.subject_id = h.id`.execute(db)
  return Number(numAffectedRows ?? 0)
}

/** All that waits for a member is looked at now; what failed waits on. */
export async function lookAtAll(tx: Tx, userId: UserId, now: Date): Promise<void> {
  await sql`
    update push_queue set due_at = ${now} where user_id = ${userId} and due_at > ${now} and attempts = 0`.execute(
    tx,
  )
}

/** Hosts for which anything waits, now or later, and until when each is to be left alone. Looks at one row of each. */
export async function waitingHosts(db: Sql): Promise<{ host: string; hold_until: Date | null }[]> {
  const { rows } = await sql<{ host: string; hold_until: Date | null }>`
    with recursive waiting as (
      (select host from push_queue where due_at is not null order by host limit 1)
      union all
      select (select q.host from push_queue q where q.due_at is not null and q.host > waiting.host order by q.host limit 1)
      from waiting where waiting.host is not null)
    select waiting.host, hold_until from waiting left join push_hosts using (host) where waiting.host is not null`.execute(
    db,
  )
  return rows
}

/** Takes up to so many that are due, for this process alone until `lease`. */
export async function take(
  db: Sql,
  { host, lane, limit, now, lease }: { host: string; lane: number; limit: number; now: Date; lease: Date },
): Promise<QueueRow[]> {
  const { rows } = await sql<QueueRow>`
    update push_queue q set lease_until = ${lease} from (
      select user_id, subscription_id, source, subject_id from push_queue
      where host = ${host} and lane = ${lane} and due_at <= ${now} and (lease_until is null or lease_until <= ${now})
      order by due_at limit ${limit} for update skip locked
    ) t where ${sameRow}
    returning q.user_id, q.subscription_id, q.source, q.subject_id, q.lane, q.host, q.due_at, q.attempts, q.shown_at,
              q.shown_version, q.created_at`.execute(db)
  return rows
}

const named = (row: QueueRow) => sql`
  user_id = ${row.user_id} and subscription_id = ${row.subscription_id} and source = ${row.source}
  and subject_id = ${row.subject_id}`

/** It was told; what became due meanwhile stays so. */
export async function markShown(db: Sql, row: QueueRow, version: string, now: Date): Promise<void> {
  await sql`
    update push_queue set shown_at = ${now}, shown_version = ${version}, lease_until = null, attempts = 0,
      due_at = case when due_at = ${row.due_at} then null else due_at end
    where ${named(row)}`.execute(db)
}

/** Nothing is to be done for now; what became due meanwhile stays so. */
export async function settleRow(db: Sql, row: QueueRow): Promise<void> {
  await sql`
    update push_queue set lease_until = null, due_at = case when due_at = ${row.due_at} then null else due_at end
    where ${named(row)}`.execute(db)
}

export async function postpone(db: Sql, row: QueueRow, due: Date, attempts: number): Promise<void> {
  await sql`
    update push_queue set lease_until = null, due_at = ${due}, attempts = ${attempts} where ${named(row)}`.execute(
    db,
  )
}

/** Done with for good, unless it became due again meanwhile. */
export async function dropRow(db: Sql, row: QueueRow): Promise<void> {
  await sql`delete from push_queue where ${named(row)} and due_at = ${row.due_at}`.execute(db)
  await sql`update push_queue set lease_until = null, shown_at = null where ${named(row)}`.execute(db)
}

/** Leaves a host alone: as long as it asked, else for longer with each failure. */
export async function holdHost(db: Sql, host: string, afterMs: number | undefined, now: Date): Promise<Date> {
  const { rows } = await sql<{ hold_until: Date }>`
    insert into push_hosts (host, hold_until, failures)
    values (${host}, ${new Date(now.getTime() + (afterMs ?? FIRST_MS))}, 1)
    on conflict (host) do update set
      failures = least(push_hosts.failures + 1, 12),
      hold_until = greatest(push_hosts.hold_until, case when ${afterMs !== undefined}
        then excluded.hold_until
        else ${now}::timestamptz + least(interval '10 minutes', interval '2 seconds' * power(2, push_hosts.failures)) end)
    returning hold_until`.execute(db)
  return rows[0]?.hold_until ?? now
}
const FIRST_MS = 2000

export async function releaseHost(db: Sql, host: string, now: Date): Promise<void> {
  await sql`delete from push_hosts where host = ${host} and hold_until <= ${now}`.execute(db)
}

/** What nobody looked at for so long is not shown any more, and need not be taken away. */
export async function purgeQueue(db: Sql, before: Date, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from push_queue where (user_id, subscription_id, source, subject_id) in (
      select user_id, subscription_id, source, subject_id from push_queue where created_at < ${before} limit ${limit})`.execute(
    db,
  )
  return Number(numAffectedRows ?? 0)
}
