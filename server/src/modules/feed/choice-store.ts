import type { UserId } from '@tintype/contract'
import { sql } from 'kysely'
import { lock, type Sql, statement, type Tx } from '../../engines/db/port.ts'
import type { Weights } from './ranking.ts'

/** Last added first. */
export async function readFavourites(db: Sql | Tx, userId: UserId): Promise<UserId[]> {
  const rows = await selectFavourites(db, userId)
  return rows.map((row) => row.favourite_id)
}
const selectFavourites = statement<{ favourite_id: UserId }>(
  'select favourite_id from favourites where user_id = $1 order by added_id desc',
)

interface Favourite {
  user_id: UserId
  favourite_id: UserId
}

/** From here to the end of the transaction nobody else changes what this member has chosen. */
export async function lockChoices(tx: Tx, userId: UserId): Promise<void> {
  await lock(tx, `feed choices ${userId}`)
}

/** Twice is once. Answers how many there are, under `lockChoices`. */
export async function addFavourite(
  tx: Tx,
  { user_id, favourite_id, added_id }: Favourite & { added_id: string },
): Promise<number> {
  await sql`
    insert into favourites (user_id, favourite_id, added_id) values (${user_id}, ${favourite_id}, ${added_id})
    on conflict do nothing`.execute(tx)
  return (await readFavourites(tx, user_id)).length
}

export async function removeFavourite(db: Sql, { user_id, favourite_id }: Favourite): Promise<void> {
  await sql`delete from favourites where user_id = ${user_id} and favourite_id = ${favourite_id}`.execute(db)
}

/** In the order of the alphabet. */
export async function readTags(db: Sql | Tx, userId: UserId): Promise<string[]> {
  const rows = await selectTags(db, userId)
  return rows.map((row) => row.tag)
}
const selectTags = statement<{ tag: string }>('select tag from followed_tags where user_id = $1 order by tag')

/** True where it was not followed. */
export async function addTag(tx: Tx, userId: UserId, tag: string): Promise<boolean> {
  const { rows } = await sql`
    with mirrored as (
      insert into tag_followers (tag, user_id) values (${tag}, ${userId}) on conflict do nothing
    )
    insert into followed_tags (user_id, tag) values (${userId}, ${tag}) on conflict do nothing
    returning tag`.execute(tx)
  return rows.length > 0
}

/** True where it was followed. */
export async function removeTag(tx: Tx, userId: UserId, tag: string): Promise<boolean> {
  const { rows } = await sql`
    with mirrored as (delete from tag_followers where tag = ${tag} and user_id = ${userId})
    delete from followed_tags where user_id = ${userId} and tag = ${tag} returning tag`.execute(tx)
  return rows.length > 0
}

/** Who follows any of these tags, by id, those above `after`. */
export async function tagFollowers(
  db: Sql,
  tags: readonly string[],
  after: UserId | null,
  limit: number,
): Promise<UserId[]> {
  const { rows } = await sql<{ user_id: UserId }>`
    select distinct user_id from tag_followers
    where tag = any(${tags}::text[]) and user_id > coalesce(${after}::uuid, '00000000-0000-0000-0000-000000000000')
    order by user_id limit ${limit}`.execute(db)
  return rows.map((row) => row.user_id)
}

export async function readWeights(db: Sql, userId: UserId): Promise<Weights | undefined> {
  const [row] = await selectWeights(db, userId)
  return row
}
const selectWeights = statement<Weights>(
  'select popularity, affinity, recency from feed_weights where user_id = $1',
)

export async function saveWeights(db: Sql | Tx, userId: UserId, weights: Weights): Promise<void> {
  const { popularity, affinity, recency } = weights
  await sql`
    insert into feed_weights (user_id, popularity, affinity, recency)
    values (${userId}, ${popularity}, ${affinity}, ${recency})
    on conflict (user_id) do update set popularity = excluded.popularity, affinity = excluded.affinity,
      recency = excluded.recency`.execute(db)
}

export async function eraseChoices(db: Sql, userId: UserId): Promise<void> {
  await sql`delete from favourites where user_id = ${userId} or favourite_id = ${userId}`.execute(db)
  await sql`
    with gone as (delete from followed_tags where user_id = ${userId} returning tag)
    delete from tag_followers using gone where tag_followers.tag = gone.tag and user_id = ${userId}`.execute(
    db,
  )
  await sql`delete from feed_weights where user_id = ${userId}`.execute(db)
}
