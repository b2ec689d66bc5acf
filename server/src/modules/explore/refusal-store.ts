import type { PostId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import { type Sql, statement } from '../../engines/db/port.ts'

/** What a member does not want to see: a post, posts of an author, a member among suggestions. */
export const refusalKinds = { post: 1, author: 2, person: 3 } as const
export type RefusalKind = keyof typeof refusalKinds

interface Refusal {
  user_id: UserId
  kind: RefusalKind
  subject_id: string
}

/** Kept of one member; the oldest go. */
const KEPT = 1000

/** Twice is once. */
export async function addRefusal(db: Sql, { user_id, kind, subject_id }: Refusal, at: Date): Promise<void> {
  await sql`
    with old as (
      delete from explore_refusals where user_id = ${user_id} and (kind, subject_id) in (
        select kind, subject_id from explore_refusals where user_id = ${user_id}
        order by refused_at desc offset ${KEPT - 1})
    )
    insert into explore_refusals (user_id, kind, subject_id, refused_at)
    values (${user_id}, ${refusalKinds[kind]}, ${subject_id}, ${at}) on conflict do nothing`.execute(db)
}

export async function removeRefusal(db: Sql, { user_id, kind, subject_id }: Refusal): Promise<void> {
  await sql`
    delete from explore_refusals
    where user_id = ${user_id} and kind = ${refusalKinds[kind]} and subject_id = ${subject_id}`.execute(db)
}

export interface Refusals {
  /** Newest first. */
  posts: PostId[]
  authors: UserId[]
  people: UserId[]
}

/** All of a member. */
export async function readRefusals(db: Sql, userId: UserId): Promise<Refusals> {
  const rows = await selectRefusals(db, userId)
  const of = <Id extends string>(kind: RefusalKind) =>
    rows.filter((row) => row.kind === refusalKinds[kind]).map((row) => row.subject_id as Id)
  return { posts: of('post'), authors: of('author'), people: of('person') }
}
const selectRefusals = statement<{ kind: number; subject_id: string }>(
  'select kind, subject_id from explore_refusals where user_id = $1 order by refused_at desc',
)

/** What a member who has left refused, and where they were refused. */
export async function eraseRefusals(db: Sql, userId: UserId): Promise<void> {
  await sql`delete from explore_refusals where user_id = ${userId} or subject_id = ${userId}`.execute(db)
}
