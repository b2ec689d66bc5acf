import type { PostId, UserId } from '@tintype/contract'
import type { CassandraConnection, CassandraRow } from '../../cassandra/port.ts'
import type { TimelineEntry, TimelineStore } from '../port.ts'

/**
 * A partition for each member, which `trim` keeps at some hundred entries, and one for each post that says in whose timelines it is. That
 * one is written first, so what stands in a timeline can be found; what was trimmed or cleared stays in it until the post goes, and
 * is removed in vain then.
 */
export function openCassandraTimelineStore(cassandra: CassandraConnection): TimelineStore {
  const { page, ofAuthor } = reads(cassandra)
  const drop = (userId: UserId, postIds: readonly PostId[]) =>
    cassandra.each(
      deleteEntry,
      postIds.map((postId) => [userId, postId]),
    )
  return {
    async pushMany(userIds, entries) {
      const pairs = entries.flatMap((entry) => userIds.map((userId) => ({ userId, ...entry })))
      await cassandra.each(
        insertReader,
        pairs.map(({ post_id, userId }) => [post_id, userId]),
      )
      await cassandra.each(
        insertEntry,
        pairs.map(({ userId, post_id, author_id }) => [userId, post_id, author_id]),
      )
    },
    page,
    async remove(userId, what) {
      if ('postIds' in what) return drop(userId, what.postIds)
      const standing = await ofAuthor(userId, what.authorId)
      const kept = what.kept?.filter(({ post_id }) => standing.includes(post_id)) ?? []
      await cassandra.each(
        insertEntry,
        kept.map(({ post_id, author_id }) => [userId, post_id, author_id]),
      )
      await drop(
        userId,
        standing.filter((id) => !kept.some(({ post_id }) => post_id === id)),
      )
    },
    async removePosts(postIds) {
      for (const postId of postIds) {
        const readers = await cassandra.rows(selectReaders, [postId])
        await cassandra.each(
          deleteEntry,
          readers.map((row) => [String(row.user_id), postId]),
        )
      }
      await cassandra.each(
        deleteReaders,
        postIds.map((postId) => [postId]),
      )
    },
    async trim(userIds, keep) {
      const cuts = await Promise.all(
        userIds.map(async (userId) => ({ userId, cut: (await page(userId, { limit: keep + 1 }))[keep] })),
      )
      // One mark for all that is below, where no page looks.
      await cassandra.each(
        deleteFrom,
        cuts.flatMap(({ userId, cut }) => (cut ? [[userId, cut.post_id]] : [])),
      )
    },
    async clear(userIds) {
      await cassandra.each(
        deleteAll,
        userIds.map((userId) => [userId]),
      )
    },
    ping: () => cassandra.ping(),
    async [Symbol.asyncDispose]() {},
  }
}

function reads(cassandra: CassandraConnection) {
  const entryOf = (row: CassandraRow): TimelineEntry => ({
    post_id: String(row.post_id) as PostId,
    author_id: String(row.author_id) as UserId,
  })
  return {
    async page(userId: UserId, { before, limit }: { before?: PostId; limit: number }) {
      const rows = await (before === undefined
        ? cassandra.rows(selectNewest, [userId, limit])
        : cassandra.rows(selectBelow, [userId, before, limit]))
      return rows.map(entryOf)
    },
    async ofAuthor(userId: UserId, authorId: UserId): Promise<PostId[]> {
      const entries = (await cassandra.rows(selectAll, [userId])).map(entryOf)
      return entries.filter((entry) => entry.author_id === authorId).map((entry) => entry.post_id)
    },
  }
}

const insertReader = 'insert into timeline_readers (post_id, user_id) values (?, ?)'
const insertEntry = 'insert into timeline_entries (user_id, post_id, author_id) values (?, ?, ?)'
const selectAll = 'select post_id, author_id from timeline_entries where user_id = ?'
const selectNewest = `${selectAll} limit ?`
const selectBelow = `${selectAll} and post_id < ? limit ?`
const selectReaders = 'select user_id from timeline_readers where post_id = ?'
const deleteEntry = 'delete from timeline_entries where user_id = ? and post_id = ?'
const deleteReaders = 'delete from timeline_readers where post_id = ?'
const deleteFrom = 'delete from timeline_entries where user_id = ? and post_id <= ?'
const deleteAll = 'delete from timeline_entries where user_id = ?'
