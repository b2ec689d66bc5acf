import { type MediaId, type PostId, parseFacets } from '@tintype/contract'
import { newId } from '@tintype/server/kit/ids'
import { sql } from 'kysely'
import type { Person } from './person.ts'
import type { TestSystem } from './system.ts'

/** What processing would have found; no file stands behind it. */
const renditions = [
  { name: '16.webp', key: 'media/none/0.webp', width: 16, height: 16, content_type: 'image/webp', size: 1 },
]

/**
 * Posts that stand published at once, one per caption (its hashtags count, mentions do not): written as rows, without a
 * picture's way through the system, for tests that need many. What comes of a post comes of these.
 */
export async function publish(
  { engines, clock }: TestSystem,
  author: Person,
  captions: readonly string[],
): Promise<PostId[]> {
  const author_id = author.id
  const at = new Date(clock.now())
  const posts = captions.map((caption) => ({
    post_id: newId<PostId>(clock),
    media_id: newId<MediaId>(clock),
    caption,
    facets: parseFacets(caption).filter((facet) => facet.type === 'hashtag'),
  }))
  await engines.db.tx(async (tx) => {
    await sql`
      with made as (
        select post_id, media_id, caption, facets::jsonb as facets from unnest(
          ${posts.map((post) => post.post_id)}::uuid[], ${posts.map((post) => post.media_id)}::uuid[],
          ${captions}::text[], ${posts.map((post) => JSON.stringify(post.facets))}::text[]
        ) as made (post_id, media_id, caption, facets)
      ), pictures as (
        insert into media (media_id, owner_id, kind, subject_kind, subject_id, subject_partition, purpose, state, original_key,
                           original_type, original_sha256, edit, recipe, width, height, thumbhash, dominant_color, renditions, created_at)
        select media_id, ${author_id}::uuid, 'photo', 'post', post_id, post_id, 'post', 'ready', 'none', 'image/png', 'none', '{}', 'none', 16, 16,
               '1QcSHQRnh493V4dIh4eXh1h4kJUI', '#808080', ${JSON.stringify(renditions)}::text::jsonb, ${at}::timestamptz
        from made
      ), of_author as (
        insert into author_posts (author_id, post_id, published) select ${author_id}::uuid, post_id, true from made
      ), counted as (
        insert into author_post_counts (author_id, posts_count) values (${author_id}::uuid, ${posts.length}::int)
        on conflict (author_id) do update set posts_count = author_post_counts.posts_count + excluded.posts_count
      ), recent as (
        insert into recent_posts (day, post_id, author_id)
        select (${at}::timestamptz at time zone 'utc')::date, post_id, ${author_id}::uuid from made
      ), tagged as (
        insert into tag_posts (tag, post_id, author_id)
        select distinct facet ->> 'tag', post_id, ${author_id}::uuid from made, jsonb_array_elements(facets) as facet
      )
      insert into posts (post_id, author_id, status, media, caption, facets, created_at)
      select post_id, ${author_id}::uuid, 'published',
             jsonb_build_array(jsonb_build_object('media_id', media_id, 'alt_text', '')), caption, facets, ${at}::timestamptz
      from made`.execute(tx)
    await engines.outbox.append(
      tx,
      posts.map(({ post_id }) => ({
        type: 'post.published',
        payload: { post_id, author_id, mentioned_ids: [] },
      })),
    )
  })
  return posts.map((post) => post.post_id)
}
