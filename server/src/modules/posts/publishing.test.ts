import { type PostId, parseFacets, type UserId } from '@tintype/contract'
import { openTestDb, type TestDb } from '@tintype/testkit/database'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { notingOutbox } from '../../engines/outbox/noting.suite.ts'
import { newId } from '../../kit/ids.ts'
import { postCounts } from './count-store.ts'
import { recentPosts } from './recent-store.ts'
import * as store from './store.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb[Symbol.asyncDispose]())

test('a post is published with the tags it has by then, once', async () => {
  const { query } = testDb.db
  const [post_id, author_id] = [newId<PostId>(), newId<UserId>()]
  const facetsOf = (caption: string) => JSON.stringify(parseFacets(caption))
  await sql`
    insert into posts (post_id, author_id, status, media, caption, facets, created_at)
    values (${post_id}, ${author_id}, 'processing', '[]', '#one', ${facetsOf('#one')}::text::jsonb, now())`.execute(
    query,
  )
  await sql`insert into author_posts (author_id, post_id, published) values (${author_id}, ${post_id}, false)`.execute(
    query,
  )
  const publish = async (tag: string, post: store.StoredPost | undefined) => {
    if (!post) return undefined
    const change = store.publishing(post, { day: '2026-01-01', tags: [tag], change_id: newId() })
    return (await notingOutbox().act(query, change, [])).length
  }

  const read = await store.readPost(query, post_id)
  await sql`update posts set caption = '#two', facets = ${facetsOf('#two')}::text::jsonb where post_id = ${post_id}`.execute(
    query,
  )
  expect(await publish('one', read)).toBe(0)
  expect(await store.authorPosts(query, author_id, { before: undefined, limit: 9, as: 'others' })).toEqual([])
  const again = await store.readPost(query, post_id)
  expect(await publish('two', again)).toBe(1)
  expect(await publish('two', again)).toBe(0)

  const listed = [{ post_id, author_id }]
  expect(await store.authorPosts(query, author_id, { before: undefined, limit: 9, as: 'others' })).toEqual(
    listed,
  )
  expect(await store.tagPosts(query, 'two', { before: undefined, limit: 9 })).toEqual(listed)
  expect(await store.tagPosts(query, 'one', { before: undefined, limit: 9 })).toEqual([])
  expect(
    await recentPosts(query, { from: '2026-01-01', to: '2026-01-01' }, { before: undefined, limit: 9 }),
  ).toEqual(listed)
  expect(await postCounts.read(query, [author_id], 'anybody')).toEqual(
    new Map([[author_id, { posts_count: 1 }]]),
  )
})
