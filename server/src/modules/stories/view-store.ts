import type { StoryId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import { type Sql, statement, type Tx } from '../../engines/db/port.ts'
import type { Change } from '../../engines/outbox/port.ts'

type Handle = Sql | Tx

export interface NewView {
  story_id: StoryId
  viewer_id: UserId
  view_id: string
}
export interface ViewRow {
  viewer_id: UserId
  view_id: string
  reaction: string | null
}

/** Views, under story and viewer. Of two equal ones the first counts; one that stands already changes nothing. */
export const addingViews = (views: readonly NewView[]): Change<object> => ({
  // In one order, or two statements with the same views in them could wait for each other.
  change: sql`
    wanted as (
      select * from unnest(
        ${views.map((view) => view.story_id)}::uuid[], ${views.map((view) => view.viewer_id)}::uuid[],
        ${views.map((view) => view.view_id)}::uuid[]
      ) with ordinality as wanted (story_id, viewer_id, view_id, place)
    ),
    added as (
      insert into story_views (story_id, viewer_id, view_id) select story_id, viewer_id, view_id from wanted
      order by story_id, viewer_id on conflict do nothing returning story_id, viewer_id
    ),
    seen as (
      insert into seen_stories (viewer_id, story_id) select viewer_id, story_id from added
      order by viewer_id, story_id on conflict do nothing
    ),
    done as (
      select distinct on (story_id, viewer_id) place from wanted join added using (story_id, viewer_id)
      order by story_id, viewer_id, place
    )`,
  answer: sql`select from done`,
})

/** Sets a reaction, or takes it away (null), on a view that stands; false where it was so already. */
export async function setReaction(
  tx: Tx,
  storyId: StoryId,
  viewerId: UserId,
  reaction: string | null,
): Promise<boolean> {
  const { rows } = await sql`
    update story_views set reaction = ${reaction}
    where story_id = ${storyId} and viewer_id = ${viewerId} and reaction is distinct from ${reaction}
    returning story_id`.execute(tx)
  return rows.length > 0
}

/** Newest first. */
export async function pageViews(
  db: Handle,
  storyId: StoryId,
  page: { before: string | undefined; limit: number },
): Promise<ViewRow[]> {
  const below = page.before === undefined ? sql`` : sql`and view_id < ${page.before}::uuid`
  const { rows } = await sql<ViewRow>`
    select viewer_id, view_id, reaction from story_views where story_id = ${storyId} ${below}
    order by view_id desc limit ${page.limit}`.execute(db)
  return rows
}

/** Without the views of `hidden`; stories that nobody has seen are absent. */
export const countViews = (
  db: Handle,
  ids: readonly StoryId[],
  hidden: readonly UserId[],
): Promise<{ story_id: StoryId; count: number }[]> => selectCounts(db, ids, hidden)
const selectCounts = statement<{ story_id: StoryId; count: number }>(`
  select story_id, count(*)::int as count from story_views
  where story_id = any($1::uuid[]) and viewer_id <> all($2::uuid[]) group by story_id`)

/** What one member has seen of these, and how they reacted. */
export const ownViews = (
  db: Handle,
  viewerId: UserId,
  ids: readonly StoryId[],
): Promise<{ story_id: StoryId; reaction: string | null }[]> => selectOwn(db, viewerId, ids)
const selectOwn = statement<{ story_id: StoryId; reaction: string | null }>(`
  select story_id, reaction from story_views where story_id = any($2::uuid[]) and viewer_id = $1`)

/** Which stories that began at `from` or later a member has seen. */
export async function seenSince(db: Handle, viewerId: UserId, from: StoryId): Promise<StoryId[]> {
  const [row] = await selectSeen(db, viewerId, from)
  return row?.ids ?? []
}
const selectSeen = statement<{ ids: StoryId[] }>(`
  select array(select story_id from seen_stories where viewer_id = $1 and story_id >= $2) as ids`)

/** Those of the reactions that stand. */
export async function existingReactions(
  db: Handle,
  of: readonly { story_id: StoryId; user_id: UserId }[],
): Promise<{ story_id: StoryId; user_id: UserId }[]> {
  const { rows } = await sql<{ story_id: StoryId; user_id: UserId }>`
    select story_id, viewer_id as user_id from story_views
    where (story_id, viewer_id) in (select * from unnest(
      ${of.map((one) => one.story_id)}::uuid[], ${of.map((one) => one.user_id)}::uuid[])) and reaction is not null`.execute(
    db,
  )
  return rows
}

/** Some at a time; true while there may be more. */
export async function eraseSomeViewsOf(db: Sql, storyId: StoryId, limit: number): Promise<boolean> {
  const { rows } = await sql`
    with gone as (
      delete from story_views where story_id = ${storyId} and viewer_id in (
        select viewer_id from story_views where story_id = ${storyId} limit ${limit}) returning viewer_id
    ), seen as (
      delete from seen_stories using gone
      where seen_stories.viewer_id = gone.viewer_id and seen_stories.story_id = ${storyId}
    )
    select from gone`.execute(db)
  return rows.length === limit
}

/** The same of all that a member has seen. */
export async function eraseSomeViewsBy(db: Sql, viewerId: UserId, limit: number): Promise<boolean> {
  const { rows } = await sql`
    with gone as (
      delete from seen_stories where viewer_id = ${viewerId} and story_id in (
        select story_id from seen_stories where viewer_id = ${viewerId} limit ${limit}) returning story_id
    ), views as (
      delete from story_views using gone
      where story_views.story_id = gone.story_id and story_views.viewer_id = ${viewerId}
    )
    select from gone`.execute(db)
  return rows.length === limit
}
