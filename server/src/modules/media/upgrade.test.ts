import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type MediaId, memberSubject, type PostId, postSubject, type UserId } from '@tintype/contract'
import { openTestDb } from '@tintype/testkit/database'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { migrate } from '../../engines/db/postgres/migrate.ts'
import { newId } from '../../kit/ids.ts'
import * as store from './store.ts'

it('pictures of a database without subjects are attached to what they were of', async () => {
  await using database = await openTestDb({ empty: true })
  const none = await mkdtemp(join(tmpdir(), 'tintype-no-modules-'))
  await migrate(database.url, {
    folders: { dir: join(import.meta.dirname, '../../migrations'), modules: none },
  })
  await rm(none, { recursive: true })
  const { query } = database.db
  const [owner, post] = [newId<UserId>(), newId<PostId>()]
  const [avatar, picture] = [newId<MediaId>(), newId<MediaId>()]
  for (const [id, post_id] of [
    [avatar, null],
    [picture, post],
  ])
    await sql`
      insert into media (media_id, owner_id, post_id, state, original_key, original_type, original_sha256, edit, recipe, created_at)
      values (${id}, ${owner}, ${post_id}, 'ready', 'k', 'image/png', 'h', '{}', 'r', now())`.execute(query)
  await migrate(database.url)
  const rows = await store.readMedia(query, [avatar, picture])
  expect(rows.map((row) => [row.media_id, store.subjectOf(row), row.purpose, row.expires_at])).toEqual([
    [avatar, memberSubject(owner), 'avatar', null],
    [picture, postSubject(post), 'post', null],
  ])
})
