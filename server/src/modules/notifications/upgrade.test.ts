import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type CommentId,
  commentSubject,
  memberSubject,
  type NotificationId,
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
import { addNotifications, pageNotifications } from './store.ts'

it('notifications of a database without subjects are about what they were about, and are not told again', async () => {
  await using database = await openTestDb({ empty: true })
  const none = await mkdtemp(join(tmpdir(), 'tintype-no-modules-'))
  await migrate(database.url, { dir: join(import.meta.dirname, '../../migrations'), modules: none })
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
      insert into notifications (user_id, notification_id, type, actor_id, post_id, comment_id, created_at)
      values (${ana}, ${newId()}, ${type}, ${ben}, ${post_id}, ${comment_id}, ${at})`.execute(query)
  await migrate(database.url)
  const facts = [
    factOf('follow', ana, ben),
    factOf('like', ana, ben, postSubject(post)),
    factOf('comment', ana, ben, commentSubject(post, comment)),
  ]
  await addNotifications(
    query,
    facts.map((fact) => ({ ...fact, notification_id: newId<NotificationId>(), created_at: at })),
  )
  const rows = await pageNotifications(query, ana, { before: undefined, limit: 10 })
  expect(rows.map(({ type, subject }) => [type, subject])).toEqual([
    ['comment', commentSubject(post, comment)],
    ['like', postSubject(post)],
    ['follow', memberSubject(ana)],
  ])
})
