import type { PostId, UserId } from '@tintype/contract'
import { type Sql, statement } from '../../engines/db/port.ts'

/** Which posts the viewer likes and has saved, of some. */
export interface ViewerStateRow {
  liked: PostId[]
  saved: PostId[]
}

export async function readViewerState(
  db: Sql,
  viewerId: UserId,
  asked: readonly PostId[],
): Promise<ViewerStateRow> {
  const [row] = await selectViewerState(db, viewerId, asked)
  return row ?? { liked: [], saved: [] }
}

const selectViewerState = statement<ViewerStateRow>(`select
  array(select post_id from likes where post_id = any($2::uuid[]) and user_id = $1) as liked,
  array(select post_id from saves where user_id = $1 and post_id = any($2::uuid[])) as saved`)
