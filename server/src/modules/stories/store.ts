import type { CircleId, MediaId, StoryAudience, StoryId, StoryReplies, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import { lock, type Sql, statement, type Tx } from '../../engines/db/port.ts'
import type { StoredSticker } from './stickers.ts'

export interface StoryRecord {
  story_id: StoryId
  author_id: UserId
  status: 'processing' | 'published' | 'failed' | 'removed'
  failure_code: string | null
  media_id: MediaId
  alt_text: string
  stickers: StoredSticker[]
  audience: StoryAudience
  /** Of its author, who of the audience it is for; none: all of it. */
  circles: CircleId[]
  replies: StoryReplies
  /** In its author's archive. */
  saved: boolean
  /** How many highlights hold it. */
  highlights: number
}
/** Enough to judge a story by, as an author's list has it. */
export interface StoryEntry {
  story_id: StoryId
  audience: StoryAudience
  circles: CircleId[]
  published: boolean
}

type Handle = Sql | Tx

const columns = `story_id, author_id, status, failure_code, media_id, alt_text, stickers, audience, replies, saved,
  highlights, circles`

export const readStories = (db: Handle, ids: readonly StoryId[]): Promise<StoryRecord[]> =>
  selectStories(db, ids)
const selectStories = statement<StoryRecord>(
  `select ${columns} from stories where story_id = any($1::uuid[])`,
)

/** Held until the transaction ends, so that it neither goes nor changes meanwhile. */
export async function lockStory(tx: Tx, id: StoryId): Promise<StoryRecord | undefined> {
  const [story] = await selectForUpdate(tx, [id])
  return story
}
/** The same of several, in one order. */
export const lockStories = (tx: Tx, ids: readonly StoryId[]): Promise<StoryRecord[]> =>
  selectForUpdate(tx, ids)
const selectForUpdate = statement<StoryRecord>(
  `select ${columns} from stories where story_id = any($1::uuid[]) order by story_id for update`,
)

/** From here to the end of the transaction the story is not deleted; false where it is. */
export async function holdStory(tx: Tx, id: StoryId): Promise<boolean> {
  const { rows } = await sql`select from stories where story_id = ${id} for key share`.execute(tx)
  return rows.length > 0
}

/**
 * From here to the end of the transaction nobody else changes which of the author's stories there are and which highlights hold
 * them.
 */
export async function lockAuthor(tx: Tx, authorId: UserId): Promise<void> {
  await lock(tx, `stories:${authorId}`)
}

export async function insertStory(tx: Tx, story: StoryRecord, createdAt: Date): Promise<void> {
  const { story_id, author_id, status, media_id, alt_text, audience, replies, saved, circles } = story
  await sql`
    with story as (
      insert into stories (story_id, author_id, status, media_id, alt_text, stickers, audience, replies, saved,
        circles)
      values (${story_id}, ${author_id}, ${status}, ${media_id}, ${alt_text},
              ${JSON.stringify(story.stickers)}::text::jsonb, ${audience}, ${replies}, ${saved},
              ${circles}::uuid[])
    )
    insert into author_stories (author_id, story_id, audience, circles, created_at)
    values (${author_id}, ${story_id}, ${audience}, ${circles}::uuid[], ${createdAt})`.execute(tx)
}

/** Processing -> published, or failed; answers the story, or undefined where it is not processing any more. */
export async function endProcessing(
  tx: Tx,
  id: StoryId,
  failureCode: string | null,
): Promise<StoryRecord | undefined> {
  const isPublished = failureCode === null
  const { rows } = await sql<StoryRecord>`
    with story as (
      update stories set status = ${isPublished ? 'published' : 'failed'}, failure_code = ${failureCode},
        saved = saved and ${isPublished}
      where story_id = ${id} and status = 'processing' returning ${sql.raw(columns)}
    ), listed as (
      update author_stories set published = ${isPublished} from story
      where author_stories.author_id = story.author_id and author_stories.story_id = story.story_id
    )
    select * from story`.execute(tx)
  return rows[0]
}

/** Published -> removed, or back; answers the story, or undefined where it is something else. */
export async function setRemoved(tx: Tx, id: StoryId, removed: boolean): Promise<StoryRecord | undefined> {
  const [from, to] = removed ? ['published', 'removed'] : ['removed', 'published']
  const { rows } = await sql<StoryRecord>`
    with story as (
      update stories set status = ${to} where story_id = ${id} and status = ${from} returning ${sql.raw(columns)}
    ), listed as (
      update author_stories set published = ${!removed} from story
      where author_stories.author_id = story.author_id and author_stories.story_id = story.story_id
    )
    select * from story`.execute(tx)
  return rows[0]
}

export async function deleteStory(tx: Tx, { story_id, author_id }: StoryRecord): Promise<void> {
  await sql`
    with listed as (delete from author_stories where author_id = ${author_id} and story_id = ${story_id})
    delete from stories where story_id = ${story_id}`.execute(tx)
}

/** The stories that began at `from` or later, of each of many authors, oldest first; authors of none are absent. */
export async function activeStories(
  db: Handle,
  authorIds: readonly UserId[],
  from: StoryId,
): Promise<Map<UserId, StoryEntry[]>> {
  const rows = await selectActive(db, authorIds, from)
  return new Map(
    rows.map(({ author_id, story_ids, audiences, circles, published }) => [
      author_id,
      story_ids.map((story_id, at) => ({
        story_id,
        audience: audiences[at] ?? 'close_friends',
        circles: circles[at] ?? [],
        published: published[at] ?? false,
      })),
    ]),
  )
}
const selectActive = statement<{
  author_id: UserId
  story_ids: StoryId[]
  audiences: StoryAudience[]
  circles: CircleId[][]
  published: boolean[]
}>(`
  select author_id, array_agg(story_id order by story_id) as story_ids,
    array_agg(audience order by story_id) as audiences, json_agg(circles order by story_id) as circles,
    array_agg(published order by story_id) as published
  from author_stories where author_id = any($1::uuid[]) and story_id >= $2 group by author_id`)

/** All of an author's stories that there are, newest first. */
export async function storiesOf(
  db: Handle,
  authorId: UserId,
  page: { before: StoryId | undefined; limit: number },
): Promise<StoryId[]> {
  const below = page.before === undefined ? sql`` : sql`and story_id < ${page.before}::uuid`
  const { rows } = await sql<{ story_id: StoryId }>`
    select story_id from author_stories where author_id = ${authorId} ${below}
    order by story_id desc limit ${page.limit}`.execute(db)
  return rows.map((row) => row.story_id)
}

/** The same of this day in earlier years, as a calendar in that zone has it. */
export async function storiesOnThisDay(
  db: Handle,
  authorId: UserId,
  page: { before: StoryId | undefined; limit: number; now: Date; zone: string },
): Promise<StoryId[]> {
  const { now, zone } = page
  const below = page.before === undefined ? sql`` : sql`and story_id < ${page.before}::uuid`
  const { rows } = await sql<{ story_id: StoryId }>`
    select story_id from author_stories
    where author_id = ${authorId} ${below}
      and to_char(created_at at time zone ${zone}, 'MM-DD') = to_char(${now}::timestamptz at time zone ${zone}, 'MM-DD')
      and date_trunc('day', created_at at time zone ${zone}) < date_trunc('day', ${now}::timestamptz at time zone ${zone})
    order by story_id desc limit ${page.limit}`.execute(db)
  return rows.map((row) => row.story_id)
}

/** Some of those that nothing keeps and whose time was over by then, oldest first. */
export async function passedStories(db: Handle, from: StoryId, limit: number): Promise<StoryId[]> {
  const { rows } = await sql<{ story_id: StoryId }>`
    select story_id from stories where not saved and highlights = 0 and story_id < ${from}
    order by story_id limit ${limit}`.execute(db)
  return rows.map((row) => row.story_id)
}

export async function changeHighlights(tx: Tx, ids: readonly StoryId[], by: 1 | -1): Promise<void> {
  await sql`update stories set highlights = highlights + ${by}::int where story_id = any(${ids}::uuid[])`.execute(
    tx,
  )
}
