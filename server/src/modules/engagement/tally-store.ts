import type { PostId, UserId } from '@tintype/contract'
import { type Sql, statement } from '../../engines/db/port.ts'

/** Which posts the viewer likes and has saved, of some. */
export interface DeedsRow {
  liked: PostId[]
  saved: PostId[]
}

export async function readDeeds(db: Sql, viewerId: UserId, asked: readonly PostId[]): Promise<DeedsRow> {
  const [row] = await selectDeeds(db, viewerId, asked)
  return row ?? { liked: [], saved: [] }
}

const selectDeeds = statement<DeedsRow>(`select
  array(select post_id from likes where post_id = any($2::uuid[]) and user_id = $1) as liked,
  array(select post_id from saves where user_id = $1 and post_id = any($2::uuid[])) as saved`)
