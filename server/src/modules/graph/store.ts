import type { CircleId, SensitiveLevel, UserId } from '@tintype/contract'
import { type RawBuilder, sql } from 'kysely'
import { type Sql, statement, type Tx } from '../../engines/db/port.ts'

type Handle = Sql | Tx

/** Each kind of edge stands in two tables: `out` lists by the one it starts from, `in` by the one it leads to. */
const edges = {
  follow: { from: 'follower_id', to: 'followee_id', out: 'following', in: 'followers' },
  request: { from: 'follower_id', to: 'followee_id', out: 'requested_follows', in: 'follow_requests' },
  block: { from: 'blocker_id', to: 'blocked_id', out: 'blocks', in: 'blocked_by' },
  mute: { from: 'muter_id', to: 'muted_id', out: 'mutes', in: 'muted_by' },
  restrict: { from: 'restricter_id', to: 'restricted_id', out: 'restricts', in: 'restricted_by' },
} as const
export type EdgeKind = keyof typeof edges
export const edgeKinds = Object.keys(edges) as EdgeKind[]

export interface Pair {
  from: UserId
  to: UserId
}
export interface EdgeRow {
  other_id: UserId
  edge_id: string
}

/** Of its two tables, and of the columns that both have. */
export function names(kind: EdgeKind) {
  const edge = edges[kind]
  return {
    from: sql.ref(edge.from),
    to: sql.ref(edge.to),
    out: sql.table(edge.out),
    in: sql.table(edge.in),
  }
}

/**
 * From here to the end of the transaction nobody else changes what stands between these members. Without it a follow
 * and a block at one instant would not see each other, and both would stand.
 */
export async function lockPairs(tx: Tx, pairs: readonly Pair[]): Promise<void> {
  const keys = pairs.map(({ from, to }) => (from < to ? `${from}:${to}` : `${to}:${from}`)).sort()
  await sql`select pg_advisory_xact_lock(hashtextextended(pair, 0)) from unnest(${keys}::text[]) as pair`.execute(
    tx,
  )
}

/** Adds edges; answers those that were not there yet. */
export async function addEdges(
  tx: Tx,
  kind: EdgeKind,
  added: readonly (Pair & { edge_id: string })[],
): Promise<Pair[]> {
  const n = names(kind)
  const { rows } = await sql<Pair>`
    with made as (
      insert into ${n.out} (${n.from}, ${n.to}, edge_id)
      select * from unnest(${added.map((e) => e.from)}::uuid[], ${added.map((e) => e.to)}::uuid[],
                           ${added.map((e) => e.edge_id)}::uuid[])
      on conflict do nothing returning ${n.from}, ${n.to}, edge_id
    ), mirrored as (
      insert into ${n.in} (${n.to}, ${n.from}, edge_id)
      select ${n.to}, ${n.from}, edge_id from made on conflict do nothing
    )
    select ${n.from} as "from", ${n.to} as "to" from made`.execute(tx)
  return rows
}

/** Takes edges out; answers those that were there. */
export async function removeEdges(tx: Tx, kind: EdgeKind, pairs: readonly Pair[]): Promise<Pair[]> {
  const n = names(kind)
  const { rows } = await sql<Pair>`
    with gone as (
      delete from ${n.out} as edge
      using unnest(${pairs.map((e) => e.from)}::uuid[], ${pairs.map((e) => e.to)}::uuid[]) as pair (a, b)
      where edge.${n.from} = pair.a and edge.${n.to} = pair.b
      returning edge.${n.from}, edge.${n.to}
    ), mirrored as (
      delete from ${n.in} as edge using gone
      where edge.${n.to} = gone.${n.to} and edge.${n.from} = gone.${n.from}
    )
    select ${n.from} as "from", ${n.to} as "to" from gone`.execute(tx)
  return rows
}

/** The edges that start from a member (`out`) or lead to them (`in`), newest first. */
export async function pageEdges(
  db: Handle,
  kind: EdgeKind,
  side: 'out' | 'in',
  ownerId: UserId,
  page: { before: string | undefined; limit: number },
): Promise<EdgeRow[]> {
  const n = names(kind)
  const [owner, other] = side === 'out' ? [n.from, n.to] : [n.to, n.from]
  const below = page.before === undefined ? sql`` : sql`and edge_id < ${page.before}::uuid`
  const { rows } = await sql<EdgeRow>`
    select ${other} as other_id, edge_id from ${n[side]}
    where ${owner} = ${ownerId} ${below} order by edge_id desc limit ${page.limit}`.execute(db)
  return rows
}

export async function countRequests(db: Handle, followeeId: UserId): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from follow_requests where followee_id = ${followeeId}`.execute(db)
  return rows[0]?.count ?? 0
}

const between = [
  ['following', 'following', 'follower_id', 'followee_id'],
  ['followed_by', 'followers', 'followee_id', 'follower_id'],
  ['requested', 'requested_follows', 'follower_id', 'followee_id'],
  ['requested_by', 'follow_requests', 'followee_id', 'follower_id'],
  ['blocking', 'blocks', 'blocker_id', 'blocked_id'],
  ['blocked_by', 'blocked_by', 'blocked_id', 'blocker_id'],
  ['muting', 'mutes', 'muter_id', 'muted_id'],
  ['restricting', 'restricts', 'restricter_id', 'restricted_id'],
] as const
export type Tie = (typeof between)[number][0]

/** A query for all that stands between one member and others. */
export function tiesQuery(memberId: UserId, ids: readonly UserId[]): RawBuilder<{ tie: Tie; id: UserId }> {
  const selects = between.map(
    ([tie, table, mine, theirs]) =>
      sql`select ${sql.lit(tie)} as tie, ${sql.ref(theirs)} as id from ${sql.table(table)}
          where ${sql.ref(mine)} = ${memberId} and ${sql.ref(theirs)} = any(${ids}::uuid[])`,
  )
  return sql`${sql.join(selects, sql` union all `)}`
}

/** The same, in one round trip; members with no tie are absent. */
export async function tiesBetween(
  db: Handle,
  memberId: UserId,
  ids: readonly UserId[],
): Promise<Map<UserId, Set<Tie>>> {
  const { rows } = await tiesQuery(memberId, ids).execute(db)
  const ties = new Map<UserId, Set<Tie>>()
  for (const { tie, id } of rows) {
    const found = ties.get(id)
    if (found) found.add(tie)
    else ties.set(id, new Set([tie]))
  }
  return ties
}

/** The same for many pairs at once, whoever is at either end. */
export async function tiesOfPairs(db: Handle, pairs: readonly Pair[]): Promise<(Pair & { tie: Tie })[]> {
  const selects = between.map(
    ([tie, table, mine, theirs]) =>
      sql`select ${sql.lit(tie)} as tie, one, other from pair
          join ${sql.table(table)} on ${sql.ref(mine)} = one and ${sql.ref(theirs)} = other`,
  )
  const { rows } = await sql<{ tie: Tie; one: UserId; other: UserId }>`
    with pair (one, other) as (
      select * from unnest(${pairs.map((pair) => pair.from)}::uuid[], ${pairs.map((pair) => pair.to)}::uuid[])
    )
    ${sql.join(selects, sql` union all `)}`.execute(db)
  return rows.map(({ tie, one, other }) => ({ tie, from: one, to: other }))
}

export interface RelationsRow {
  following: UserId[]
  blocking: UserId[]
  blocked_by: UserId[]
  muted: UserId[]
  restricted: UserId[]
  restricted_by: UserId[]
  circles: CircleId[]
  /** Milliseconds since 1970; null: they limit nobody. */
  limiting_until: number | null
  /** Null where nothing was chosen. */
  sensitive: SensitiveLevel | null
  muted_words: string[] | null
}

const nobody: RelationsRow = {
  following: [],
  blocking: [],
  blocked_by: [],
  muted: [],
  restricted: [],
  restricted_by: [],
  circles: [],
  limiting_until: null,
  sensitive: null,
  muted_words: null,
}

/** All that decides what a member sees, in one round trip. */
export async function readRelations(db: Handle, userId: UserId): Promise<RelationsRow> {
  const [row] = await selectRelations(db, userId)
  return row ?? nobody
}

const selectRelations = statement<RelationsRow>(`select
  array(select followee_id from following where follower_id = $1) as following,
  array(select blocked_id from blocks where blocker_id = $1) as blocking,
  array(select blocker_id from blocked_by where blocked_id = $1) as blocked_by,
  array(select muted_id from mutes where muter_id = $1) as muted,
  array(select restricted_id from restricts where restricter_id = $1) as restricted,
  array(select restricter_id from restricted_by where restricted_id = $1) as restricted_by,
  array(select circle_id from circle_memberships where member_id = $1) as circles,
  (select extract(epoch from ends_at)::float8 * 1000 from interaction_limits where user_id = $1) as limiting_until,
  (select sensitive from viewing_choices where user_id = $1) as sensitive,
  (select muted_words from viewing_choices where user_id = $1) as muted_words`)

/** Which of `ids` mute a member. */
export async function mutersAmong(db: Handle, mutedId: UserId, ids: readonly UserId[]): Promise<UserId[]> {
  const { rows } = await sql<{ id: UserId }>`
    select muter_id as id from muted_by where muted_id = ${mutedId} and muter_id = any(${ids}::uuid[])`.execute(
    db,
  )
  return rows.map((row) => row.id)
}

/** Which of `ids` follow a member. */
export async function followersAmong(
  db: Handle,
  followeeId: UserId,
  ids: readonly UserId[],
): Promise<UserId[]> {
  const { rows } = await sql<{ id: UserId }>`
    select follower_id as id from followers
    where followee_id = ${followeeId} and follower_id = any(${ids}::uuid[])`.execute(db)
  return rows.map((row) => row.id)
}

export async function followersAfter(
  db: Handle,
  followeeId: UserId,
  after: UserId | null,
  limit: number,
): Promise<UserId[]> {
  const above = after === null ? sql`` : sql`and follower_id > ${after}::uuid`
  const { rows } = await sql<{ id: UserId }>`
    select follower_id as id from followers
    where followee_id = ${followeeId} ${above} order by follower_id limit ${limit}`.execute(db)
  return rows.map((row) => row.id)
}
