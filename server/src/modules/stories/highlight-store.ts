import type { HighlightId, StoryId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import { type Sql, statement, type Tx } from '../../engines/db/port.ts'

type Handle = Sql | Tx

export interface HighlightRow {
  highlight_id: HighlightId
  user_id: UserId
  title: string
  cover_story_id: StoryId
  /** In the order shown. */
  story_ids: StoryId[]
}

const columns = 'highlight_id, user_id, title, cover_story_id, story_ids'

/** Last made first. */
export const highlightsOf = (db: Handle, userId: UserId): Promise<HighlightRow[]> => selectOf(db, userId)
const selectOf = statement<HighlightRow>(
  `select ${columns} from highlights where user_id = $1 order by highlight_id desc`,
)

export async function ownerOf(db: Handle, id: HighlightId): Promise<UserId | undefined> {
  const [row] = await selectOwner(db, id)
  return row?.user_id
}
const selectOwner = statement<{ user_id: UserId }>(
  'select user_id from highlight_owners where highlight_id = $1',
)

export async function insertHighlight(tx: Tx, row: HighlightRow): Promise<void> {
  await sql`
    with way as (
      insert into highlight_owners (highlight_id, user_id) values (${row.highlight_id}, ${row.user_id})
    )
    insert into highlights (user_id, highlight_id, title, cover_story_id, story_ids)
    values (${row.user_id}, ${row.highlight_id}, ${row.title}, ${row.cover_story_id}, ${row.story_ids})`.execute(
    tx,
  )
}

export async function updateHighlight(tx: Tx, row: HighlightRow): Promise<void> {
  await sql`
    update highlights set title = ${row.title}, cover_story_id = ${row.cover_story_id}, story_ids = ${row.story_ids}
    where user_id = ${row.user_id} and highlight_id = ${row.highlight_id}`.execute(tx)
}

export async function deleteHighlight(tx: Tx, row: Pick<HighlightRow, 'user_id' | 'highlight_id'>) {
  await sql`
    with way as (delete from highlight_owners where highlight_id = ${row.highlight_id})
    delete from highlights where user_id = ${row.user_id} and highlight_id = ${row.highlight_id}`.execute(tx)
}

/** Takes a story out of all the author's highlights; one that held nothing else goes. Answers which have changed. */
export async function dropFromHighlights(tx: Tx, userId: UserId, storyId: StoryId): Promise<HighlightId[]> {
  const holding = (await highlightsOf(tx, userId)).filter((row) => row.story_ids.includes(storyId))
  for (const row of holding) {
    const story_ids = row.story_ids.filter((id) => id !== storyId)
    const [first] = story_ids
    const cover_story_id = row.cover_story_id === storyId ? first : row.cover_story_id
    if (cover_story_id) await updateHighlight(tx, { ...row, story_ids, cover_story_id })
    else await deleteHighlight(tx, row)
  }
  return holding.map((row) => row.highlight_id)
}
