import type { PostId, UserId } from '@tintype/contract'
import { type Sql, statement } from '../../engines/db/port.ts'
import { deedBits } from './taste-store.ts'

/** What a member engaged with, newest first. */
export async function newestDeeds(db: Sql, userId: UserId, limit: number): Promise<PostId[]> {
  const rows = await selectDeeds(db, userId, limit)
  return rows.map((row) => row.post_id)
}
const selectDeeds = statement<{ post_id: PostId }>(`
  select post_id from engagements where user_id = $1 and kinds <> 0 order by engaged_at desc limit $2`)

export interface Liked {
  post_id: PostId
  /** Who of those asked for liked it, and when last. */
  user_ids: UserId[]
  at: Date
}

/** What these members liked lately, `perMember` of each: what they saved is theirs to know. */
export const likedBy = (
  db: Sql,
  userIds: readonly UserId[],
  { perMember, limit }: { perMember: number; limit: number },
): Promise<Liked[]> => selectLiked(db, userIds, perMember, limit)
const selectLiked = statement<Liked>(`
  select liked.post_id, array_agg(member.id order by liked.engaged_at desc) as user_ids, max(liked.engaged_at) as at
  from unnest($1::uuid[]) as member (id) cross join lateral (
    select post_id, engaged_at from engagements
    where user_id = member.id and kinds & ${deedBits.like} <> 0 order by engaged_at desc limit $2
  ) liked
  group by liked.post_id order by count(*) desc, at desc limit $3`)

export interface Close {
  post_id: PostId
  /** What it is close to. */
  seed_id: PostId
  together: number
  one: number
  other: number
}

/** Posts that stand closest to these, `perSeed` of each, with the weights that say how close (see decay.ts). */
export const closest = (db: Sql, seeds: readonly PostId[], perSeed: number): Promise<Close[]> =>
  selectClosest(db, seeds, perSeed)
const selectClosest = statement<Close>(`
  select pair.other_id as post_id, seed.post_id as seed_id, pair.weight as together, own.weight as one,
    other.weight as other
  from unnest($1::uuid[]) as seed (post_id) join post_heat own on own.post_id = seed.post_id
  cross join lateral (
    select other_id, weight from co_engagements where post_id = seed.post_id order by weight desc limit $2
  ) pair
  join post_heat other on other.post_id = pair.other_id`)

/** Where most happens now. */
export const hottestPosts = (db: Sql, limit: number): Promise<{ post_id: PostId; fast: number }[]> =>
  selectHottest(db, limit)
const selectHottest = statement<{ post_id: PostId; fast: number }>(
  'select post_id, fast from post_heat order by fast desc limit $1',
)

export async function authorHeats(db: Sql, ids: readonly UserId[]): Promise<Map<UserId, number>> {
  const rows = await selectAuthorHeats(db, ids)
  return new Map(rows.map(({ author_id, slow }) => [author_id, slow]))
}
const selectAuthorHeats = statement<{ author_id: UserId; slow: number }>(
  'select author_id, slow from author_heat where author_id = any($1::uuid[])',
)

/** Whose posts most happens to over weeks. */
export async function popularAuthors(db: Sql, limit: number): Promise<UserId[]> {
  const rows = await selectPopular(db, limit)
  return rows.map((row) => row.author_id)
}
const selectPopular = statement<{ author_id: UserId }>(
  'select author_id from author_heat order by slow desc limit $1',
)

/** The newest posts of these places, `perPlace` of each. */
export const placePosts = (
  db: Sql,
  places: readonly string[],
  perPlace: number,
): Promise<{ place: string; post_id: PostId }[]> => selectPlacePosts(db, places, perPlace)
const selectPlacePosts = statement<{ place: string; post_id: PostId }>(`
  select asked.place, made.post_id from unnest($1::text[]) as asked (place) cross join lateral (
    select post_id from place_posts where place = asked.place order by post_id desc limit $2
  ) made`)
