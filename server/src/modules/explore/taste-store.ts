import type { PostId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import { type Sql, statement, type Tx } from '../../engines/db/port.ts'

export const deedBits = { like: 1, comment: 2, save: 4 } as const

export interface Deed {
  user_id: UserId
  post_id: PostId
  /** Of `deedBits`. */
  kinds: number
}

/** Notes what members did; answers what they had not done anything to before. */
export async function addDeeds(tx: Tx, deeds: readonly Deed[], at: Date): Promise<Deed[]> {
  if (deeds.length === 0) return []
  const { rows } = await sql<Deed & { is_new: boolean }>`
    insert into engagements (user_id, post_id, kinds, engaged_at)
    select user_id, post_id, kinds, ${at}::timestamptz from unnest(
      ${deeds.map((deed) => deed.user_id)}::uuid[], ${deeds.map((deed) => deed.post_id)}::uuid[],
      ${deeds.map((deed) => deed.kinds)}::smallint[]) as deed (user_id, post_id, kinds)
    order by user_id, post_id
    on conflict (user_id, post_id) do update set kinds = engagements.kinds | excluded.kinds
    returning user_id, post_id, kinds, xmax = 0 as is_new`.execute(tx)
  return rows.filter((row) => row.is_new)
}

/** What was taken back; that it was there stays known. */
export async function removeDeeds(tx: Tx, deeds: readonly Deed[]): Promise<void> {
  if (deeds.length === 0) return
  await sql`
    update engagements set kinds = engagements.kinds & ~deed.kinds from unnest(
      ${deeds.map((deed) => deed.user_id)}::uuid[], ${deeds.map((deed) => deed.post_id)}::uuid[],
      ${deeds.map((deed) => deed.kinds)}::smallint[]) as deed (user_id, post_id, kinds)
    where engagements.user_id = deed.user_id and engagements.post_id = deed.post_id`.execute(tx)
}

/**
 * Pairs each of these, which this transaction has just noted, with the last `most` that its member engaged with before, and counts the
 * pairs. Answers with how many. Of two that were noted together the one with the higher id counts as the later; clocks decide nothing, as
 * several processes note.
 */
export async function countPairs(
  tx: Tx,
  deeds: readonly Deed[],
  { most, weight }: { most: number; weight: number },
): Promise<number> {
  const { rows } = await sql<{ pairs: number }>`
    with pair as (
      select deed.post_id, earlier.post_id as other_id from unnest(
        ${deeds.map((deed) => deed.user_id)}::uuid[], ${deeds.map((deed) => deed.post_id)}::uuid[]
      ) as deed (user_id, post_id)
      cross join lateral (
        select post_id from engagements e
        where e.user_id = deed.user_id and e.post_id <> deed.post_id and e.kinds <> 0
          and (e.post_id < deed.post_id or e.xmin <> pg_current_xact_id()::xid)
        order by e.engaged_at desc, e.post_id desc limit ${most}
      ) earlier
    ), both_ends as (
      select post_id, other_id from pair union all select other_id, post_id from pair
    ), counted as (
      insert into co_engagements (post_id, other_id, weight)
      select post_id, other_id, count(*) * ${weight}::float8 from both_ends
      group by post_id, other_id order by post_id, other_id
      on conflict (post_id, other_id) do update set weight = co_engagements.weight + excluded.weight
    )
    select count(*)::int as pairs from pair`.execute(tx)
  return rows[0]?.pairs ?? 0
}

/** Of each member the newest `most` stay. */
export async function trimDeeds(tx: Tx, userIds: readonly UserId[], most: number): Promise<void> {
  await sql`
    delete from engagements using unnest(${userIds}::uuid[]) as member (id) cross join lateral (
      select engaged_at from engagements where user_id = member.id
      order by engaged_at desc offset ${most} limit 1
    ) edge
    where engagements.user_id = member.id and engagements.engaged_at <= edge.engaged_at`.execute(tx)
}

/** Of each post its `most` closest stay. */
export async function trimPairs(db: Sql | Tx, postIds: readonly PostId[], most: number): Promise<void> {
  await sql`
    delete from co_engagements using (
      select post_id, other_id, row_number() over (partition by post_id order by weight desc, other_id) as place
      from co_engagements where post_id = any(${postIds}::uuid[])
    ) ranked
    where ranked.place > ${most} and co_engagements.post_id = ranked.post_id
      and co_engagements.other_id = ranked.other_id`.execute(db)
}

const sum = (known: string, added: string) =>
  `greatest(${known}, ${added}) + ln(1 + power(2::float8, -least(60, abs(${known} - ${added})))) / ln(2::float8)`

interface Heat {
  weight: number
  heat: number
}

/** `heat` is a logarithm (see decay.ts); sums are taken of what it stands for. */
export async function heatPosts(tx: Tx, posts: ReadonlyMap<PostId, Heat>): Promise<void> {
  const heats = [...posts.values()]
  await addPostHeat(
    tx,
    [...posts.keys()],
    heats.map((each) => each.weight),
    heats.map((each) => each.heat),
  )
}
const addPostHeat = statement(`
  insert into post_heat (post_id, weight, fast)
  select * from unnest($1::uuid[], $2::float8[], $3::float8[]) as added (post_id, weight, fast) order by post_id
  on conflict (post_id) do update set weight = post_heat.weight + excluded.weight,
    fast = ${sum('post_heat.fast', 'excluded.fast')}`)

export async function heatAuthors(tx: Tx, authors: ReadonlyMap<UserId, number>): Promise<void> {
  await addAuthorHeat(tx, [...authors.keys()], [...authors.values()])
}
const addAuthorHeat = statement(`
  insert into author_heat (author_id, slow)
  select * from unnest($1::uuid[], $2::float8[]) as added (author_id, slow) order by author_id
  on conflict (author_id) do update set slow = ${sum('author_heat.slow', 'excluded.slow')}`)

/** What nothing has happened to for so long that its heat is below this is forgotten. True where there may be more. */
export async function forgetCold(db: Sql, below: number, limit: number): Promise<boolean> {
  const { rows } = await sql`
    with cold as (
      delete from post_heat where post_id in (
        select post_id from post_heat where fast < ${below} order by fast limit ${limit}) returning post_id
    ), unpaired as (
      delete from co_engagements where post_id in (select post_id from cold)
    )
    select from cold`.execute(db)
  return rows.length === limit
}

/** Of a post that is gone, under both its ends. */
export async function erasePost(db: Sql, postId: PostId): Promise<void> {
  await sql`
    with gone as (
      delete from co_engagements where post_id = ${postId} returning other_id
    ), mirrored as (
      delete from co_engagements c using gone where c.post_id = gone.other_id and c.other_id = ${postId}
    ), cooled as (delete from post_heat where post_id = ${postId})
    delete from explore_refusals where subject_id = ${postId}`.execute(db)
  await sql`delete from place_posts where post_id = ${postId}`.execute(db)
}

export async function eraseTastes(db: Sql, userId: UserId): Promise<void> {
  await sql`delete from engagements where user_id = ${userId}`.execute(db)
  await sql`delete from author_heat where author_id = ${userId}`.execute(db)
}

/** Where a post was made; null: nowhere, or nowhere that is told. */
export async function setPlace(db: Sql, postId: PostId, place: string | null): Promise<void> {
  await sql`delete from place_posts where post_id = ${postId} and place is distinct from ${place}`.execute(db)
  if (place !== null)
    await sql`insert into place_posts (place, post_id) values (${place}, ${postId}) on conflict do nothing`.execute(
      db,
    )
}
