import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type CommentId,
  commentSubject,
  memberSubject,
  type PostId,
  postSubject,
  type UserId,
} from '@tintype/contract'
import { openTestDb } from '@tintype/testkit/database'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { migrate } from '../../engines/db/postgres/migrate.ts'
import { newId } from '../../kit/ids.ts'
import { factOf } from '../notice.ts'
import { pageGroups } from './list-store.ts'
import { knownFacts } from './store.ts'

it('notifications of a database without subjects are about what they were about, and are not told again', async () => {
  await using database = await openTestDb({ empty: true })
  const none = await mkdtemp(join(tmpdir(), 'tintype-no-modules-'))
  await migrate(database.url, {
    folders: { dir: join(import.meta.dirname, '../../migrations'), modules: none },
  })
  await rm(none, { recursive: true })
  const { query } = database.db
  const [ana, ben] = [newId<UserId>(), newId<UserId>()]
  const [post, comment] = [newId<PostId>(), newId<CommentId>()]
  const at = new Date('2026-01-01T00:00:00Z')
  for (const [type, post_id, comment_id] of [
    ['follow', null, null],
    ['like', post, null],
    ['comment', post, comment],
  ])
    await sql`
      insert into notifications (user_id, notification_id, type, actor_id, post_id, comment_id, created_at, read)
      values (${ana}, ${newId()}, ${type}, ${ben}, ${post_id}, ${comment_id}, ${at}, ${type === 'like'})`.execute(
      query,
    )
  await migrate(database.url)
  const facts = [
    factOf('follow', ana, ben),
    factOf('like', ana, ben, postSubject(post)),
    factOf('comment', ana, ben, commentSubject(post, comment)),
  ]
  expect(await database.db.tx((tx) => knownFacts(tx, facts))).toHaveLength(3)
  const rows = await pageGroups(query, ana, { before: undefined, limit: 10 })
  expect(rows.map(({ read }) => read)).toEqual([false, true, false])
  expect(rows.map(({ type, notices }) => [type, notices[0]?.subject])).toEqual([
    ['comment', commentSubject(post, comment)],
    ['like', postSubject(post)],
    ['follow', memberSubject(ana)],
  ])
})
