import type { StoryId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import { type Sql, statement, type Tx } from '../../engines/db/port.ts'
import type { OwnAnswer, Results } from './stickers.ts'

type Handle = Sql | Tx

export interface AnswerRow extends OwnAnswer {
  story_id: StoryId
  user_id: UserId
  sticker: number
  answer_id: string
}

/** Writes an answer over the one before, unless it says the same; false where it did. */
export async function putAnswer(tx: Tx, row: AnswerRow): Promise<boolean> {
  const { rows } = await sql`
    ${inserting(row)} on conflict (story_id, user_id, sticker) do update
      set answer_id = excluded.answer_id, choice = excluded.choice, text = excluded.text
      where (story_answers.choice, story_answers.text) is distinct from (excluded.choice, excluded.text)
    returning answer_id`.execute(tx)
  return rows.length > 0
}

/** Writes the first answer; false where there was one. */
export async function addAnswer(tx: Tx, row: AnswerRow): Promise<boolean> {
  const { rows } = await sql`${inserting(row)} on conflict do nothing returning answer_id`.execute(tx)
  return rows.length > 0
}

const inserting = ({ story_id, user_id, sticker, answer_id, choice, value, text }: AnswerRow) => sql`
  insert into story_answers (story_id, user_id, sticker, answer_id, choice, value, text)
  values (${story_id}, ${user_id}, ${sticker}, ${answer_id}, ${choice}, ${value}, ${text})`

/** What one member answered to stickers of these stories. */
export const ownAnswers = (
  db: Handle,
  userId: UserId,
  ids: readonly StoryId[],
): Promise<Omit<AnswerRow, 'user_id' | 'answer_id'>[]> => selectOwn(db, userId, ids)
const selectOwn = statement<Omit<AnswerRow, 'user_id' | 'answer_id'>>(`
  select story_id, sticker, choice, value, text from story_answers
  where story_id = any($2::uuid[]) and user_id = $1`)

/** What all answered to the stickers of a story, by sticker. */
export async function readResults(db: Handle, id: StoryId): Promise<Map<number, Results>> {
  const rows = await selectResults(db, id)
  const bySticker = Map.groupBy(rows, (row) => row.sticker)
  return new Map(
    [...bySticker].map(([sticker, found]) => {
      const votes = found.flatMap(({ choice, count }) => (choice === null ? [] : [[choice, count] as const]))
      return [sticker, { votes: new Map(votes), average: found[0]?.average ?? null }]
    }),
  )
}
const selectResults = statement<{
  sticker: number
  choice: number | null
  count: number
  average: number | null
}>(`
  select sticker, choice, count(*)::int as count, avg(value)::real as average from story_answers
  where story_id = $1 and text is null group by sticker, choice`)

/** Last answered first; of one sticker where given. */
export async function pageAnswers(
  db: Handle,
  storyId: StoryId,
  page: { before: string | undefined; limit: number; sticker: number | undefined },
): Promise<AnswerRow[]> {
  const below = page.before === undefined ? sql`` : sql`and answer_id < ${page.before}::uuid`
  const only = page.sticker === undefined ? sql`` : sql`and sticker = ${page.sticker}`
  const { rows } = await sql<AnswerRow>`
    select story_id, user_id, sticker, answer_id, choice, value, text from story_answers
    where story_id = ${storyId} ${below} ${only} order by answer_id desc limit ${page.limit}`.execute(db)
  return rows
}

/** Who has answered anything, of those asked. */
export async function existingAnswers(
  db: Handle,
  of: readonly { story_id: StoryId; user_id: UserId }[],
): Promise<{ story_id: StoryId; user_id: UserId }[]> {
  const { rows } = await sql<{ story_id: StoryId; user_id: UserId }>`
    select distinct story_id, user_id from story_answers
    where (story_id, user_id) in (select * from unnest(
      ${of.map((one) => one.story_id)}::uuid[], ${of.map((one) => one.user_id)}::uuid[]))`.execute(db)
  return rows
}

/** Some at a time; true while there may be more. */
export async function eraseSomeAnswersOf(db: Sql, storyId: StoryId, limit: number): Promise<boolean> {
  const { rows } = await sql`
    delete from story_answers where (story_id, user_id, sticker) in (
      select story_id, user_id, sticker from story_answers where story_id = ${storyId} limit ${limit})
    returning story_id`.execute(db)
  return rows.length === limit
}

/** The same of all that a member answered; tells of which stories. */
export async function eraseSomeAnswersBy(db: Sql, userId: UserId, limit: number): Promise<StoryId[]> {
  const { rows } = await sql<{ story_id: StoryId }>`
    delete from story_answers where (story_id, user_id, sticker) in (
      select story_id, user_id, sticker from story_answers where user_id = ${userId} limit ${limit})
    returning story_id`.execute(db)
  return rows.map((row) => row.story_id)
}
