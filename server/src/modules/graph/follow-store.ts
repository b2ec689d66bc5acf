import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../engines/db/port.ts'
import { followCounters } from './count-store.ts'
import { type Pair, type Tie, tiesQuery } from './store.ts'

/** One act on one pair, whose lock is held. Each answers what stood between the two before it. */
interface Act {
  pair: Pair
  /** Ids of the entries in the journal of counts: of the one followed, and of the one who follows. */
  change_ids: readonly [ofFollowee: string, ofFollower: string]
}

const of = ({ from, to }: Pair) => sql`follower_id = ${from} and followee_id = ${to}`

/** Takes back a request that waits. `unless`: a condition under which it stays. */
const withdrawing = (pair: Pair, unless = sql`false`) => sql`
  withdrawn as (
    delete from requested_follows where ${of(pair)} and not ${unless} returning follower_id, followee_id
  ),
  withdrawn_there as (
    delete from follow_requests using withdrawn
    where follow_requests.followee_id = withdrawn.followee_id and follow_requests.follower_id = withdrawn.follower_id
  )`

/** What is counted of a follow that came or went (the relation `change`), done by the one who follows. */
const counting = (change: string, by: 1 | -1, [ofFollowee, ofFollower]: Act['change_ids']) => sql`
  counted as (
    ${followCounters.adding(sql`
      select change.user_id, follower_id, change.id, change.followers, change.following
      from ${sql.ref(change)}, lateral (values
        (followee_id, ${ofFollowee}::uuid, ${by}::int, 0), (follower_id, ${ofFollower}::uuid, 0, ${by}::int)
      ) as change (user_id, id, followers, following)`)}
  )`

/** Who is blocked, either way, gets nothing written. */
const barred = ({ from, to }: Pair) => sql`(
  exists (select from blocks where blocker_id = ${from} and blocked_id = ${to})
  or exists (select from blocked_by where blocked_id = ${from} and blocker_id = ${to}))`

/** Follows, unless one blocks the other; a request left from when the account was private goes. */
export async function addFollow(tx: Tx, act: Act & { edge_id: string }): Promise<Set<Tie>> {
  const { from, to } = act.pair
  return tiesBefore(
    tx,
    act.pair,
    sql`
    ${withdrawing(act.pair, barred(act.pair))},
    made as (
      insert into following (follower_id, followee_id, edge_id)
      select ${from}::uuid, ${to}::uuid, ${act.edge_id}::uuid where not ${barred(act.pair)}
      on conflict do nothing returning follower_id, followee_id, edge_id
    ),
    made_there as (
      insert into followers (followee_id, follower_id, edge_id)
      select followee_id, follower_id, edge_id from made on conflict do nothing
    ),
    ${counting('made', 1, act.change_ids)}`,
  )
}

/** Asks to follow, unless one blocks the other or follows already. */
export async function addRequest(
  tx: Tx,
  { pair, edge_id }: { pair: Pair; edge_id: string },
): Promise<Set<Tie>> {
  return tiesBefore(
    tx,
    pair,
    sql`
    made as (
      insert into requested_follows (follower_id, followee_id, edge_id)
      select ${pair.from}::uuid, ${pair.to}::uuid, ${edge_id}::uuid
      where not ${barred(pair)} and not exists (select from following where ${of(pair)})
      on conflict do nothing returning follower_id, followee_id, edge_id
    ),
    made_there as (
      insert into follow_requests (followee_id, follower_id, edge_id)
      select followee_id, follower_id, edge_id from made on conflict do nothing
    )`,
  )
}

/** Ends a follow, or takes the request back. */
export async function removeFollow(tx: Tx, act: Act): Promise<Set<Tie>> {
  return tiesBefore(
    tx,
    act.pair,
    sql`
    ended as (delete from following where ${of(act.pair)} returning follower_id, followee_id),
    ended_there as (
      delete from followers using ended
      where followers.followee_id = ended.followee_id and followers.follower_id = ended.follower_id
    ),
    ${withdrawing(act.pair)},
    ${counting('ended', -1, act.change_ids)}`,
  )
}

async function tiesBefore(tx: Tx, { from, to }: Pair, changes: RawBuilder<unknown>): Promise<Set<Tie>> {
  const { rows } = await sql<{ tie: Tie }>`with ${changes} ${tiesQuery(from, [to])}`.execute(tx)
  return new Set(rows.map((row) => row.tie))
}
