import type { PostId, UserId } from '@tintype/contract'
import { HIGHEST_ID } from '../../../kit/ids.ts'
import { packIds, unpackIds } from '../../../kit/packed-ids.ts'
import { retry } from '../../../kit/retry.ts'
import { type Db, statement } from '../../db/port.ts'
import type { TimelineEntry, TimelineStore } from '../port.ts'

/** Rows per statement, or one member's: large enough that the round trip does not count, small enough that others get their turn. */
const CHUNK = 5000

/**
 * Timelines in a table partitioned by member. A push does not wait for the disk (`synchronous_commit` off for its own
 * transaction): the log of the database is in order, so what is committed after it, like the event log's note
 * that the push is done, cannot outlive it.
 *
 * Deleted posts are found through an index on `post_id`. It costs 0.8-1 of 5 µs per pushed row and some 7 bytes of 165 (a
 * post's entries are pushed together, so its keys are neighbours and shrink to one); the alternative, leaving dead
 * entries to be filtered by readers, makes every page look for more for ever. A push of 1000 rows takes about as long as a COPY of them.
 */
export function openPostgresTimelineStore(db: Db): TimelineStore {
  // Writers of the same rows in another order can wait for each other; one of them is then sent away.
  const write = (sql: string, parameters: readonly unknown[]) =>
    retry(() => statement(sql)(db.query, ...parameters), { attempts: 5, baseMs: 10, retryable: isDeadlock })
  return {
    async pushMany(userIds, entries) {
      if (entries.length === 0) return
      const columns = columnsOf(entries)
      const users = Math.ceil(CHUNK / entries.length)
      for (let i = 0; i < userIds.length; i += users)
        await write(pushSql, [uuids(userIds.slice(i, i + users)), ...columns])
    },
    async page(userId, { before, limit }) {
      const [row] = await selectPage(db.query, userId, before ?? HIGHEST_ID, limit)
      const ids = unpackIds(row?.entries ?? null)
      return Array.from({ length: ids.length / 2 }, (_, at) => ({
        post_id: ids[2 * at] as PostId,
        author_id: ids[2 * at + 1] as UserId,
      }))
    },
    async remove(userId, what) {
      if ('postIds' in what) await write(removeSql, [userId, uuids(what.postIds)])
      else await write(removeAuthorSql, [userId, what.authorId, ...columnsOf(what.kept ?? [])])
    },
    async removePosts(postIds) {
      if (postIds.length > 0) await write(removePostsSql, [uuids(postIds)])
    },
    async trim(userIds, keep) {
      if (userIds.length > 0) await write(trimSql, [uuids(userIds), keep])
    },
    async clear(userIds) {
      if (userIds.length > 0) await write(clearSql, [uuids(userIds)])
    },
    ping: () => db.ping(),
    async [Symbol.asyncDispose]() {},
  }
}

const isDeadlock = (error: unknown) => error instanceof Error && 'code' in error && error.code === '40P01'

/** An array literal of PostgreSQL: ids need no quotes, and one text is cheaper to send than a list. */
const uuids = (ids: readonly string[]) => `{${ids.join(',')}}`
const columnsOf = (entries: readonly TimelineEntry[]) => [
  uuids(entries.map((entry) => entry.post_id)),
  uuids(entries.map((entry) => entry.author_id)),
]
const pushSql = `insert into timeline_entries (user_id, post_id, author_id)
  select m.user_id, e.post_id, e.author_id
  from unnest($1::uuid[]) m (user_id), unnest($2::uuid[], $3::uuid[]) e (post_id, author_id),
    set_config('synchronous_commit', 'off', true)
  on conflict do nothing`

const selectPage = statement<{ entries: string | null }>(`
  select ${packIds('post_id', 'author_id')} as entries from (
    select post_id, author_id from timeline_entries
    where user_id = $1 and post_id < $2 order by post_id desc limit $3) newest`)

const removeAuthorSql = `with kept as (
    update timeline_entries t set author_id = e.author_id
    from unnest($3::uuid[], $4::uuid[]) e (post_id, author_id)
    where t.user_id = $1 and t.post_id = e.post_id)
  delete from timeline_entries
  where user_id = $1 and author_id = $2 and post_id <> all($3::uuid[])`
const removeSql = 'delete from timeline_entries where user_id = $1 and post_id = any($2::uuid[])'
const removePostsSql = 'delete from timeline_entries where post_id = any($1::uuid[])'
const clearSql = 'delete from timeline_entries where user_id = any($1::uuid[])'

const trimSql = `delete from timeline_entries t using (
    select n.user_id, (
      select e.post_id from timeline_entries e where e.user_id = n.user_id
      order by e.post_id desc offset $2 limit 1
    ) as cut
    from unnest($1::uuid[]) n (user_id)
  ) c
  where t.user_id = c.user_id and t.post_id <= c.cut`
