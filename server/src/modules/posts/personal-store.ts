import { CircleId, Nullable, PostId, Timestamp, Type } from '@tintype/contract'
import { sql } from 'kysely'
import type { Db } from '../../engines/db/port.ts'
import { derived, filed, named, type PersonalData, rowsSection } from '../personal.ts'
import type { InPictures } from './store.ts'

const x = Type.Number({ description: 'Share of the width, from the left' })
const y = Type.Number({ description: 'Share of the height, from the top' })
const POST = 'until the post or the account is deleted'

const tables: PersonalData['tables'] = {
  posts: {
    holds: 'posts: files, caption, place, people in the pictures, choices',
    kept: `${POST}; one that moderators removed as long as they keep it`,
    told: ['posts'],
  },
  author_posts: { holds: 'whose posts they are, archived and pinned ones', kept: POST, told: ['posts'] },
  author_post_counts: derived('how many posts a member has', 'until the account is deleted'),
  author_post_count_changes: derived('changes that are not counted yet', 'minutes'),
  tag_posts: derived('posts by hashtag', POST),
  recent_posts: derived('posts by day', POST),
  collaborations: {
    holds: 'posts of which members are, or are asked to be, an author beside the one who made them',
    kept: POST,
    told: ['collaborations'],
  },
  tagged_posts: { holds: 'pictures in which a member was tagged', kept: POST, told: ['tagged_in'] },
  post_settings: {
    holds: 'what a member wants for their posts; words that they filter',
    kept: 'until the account is deleted',
    told: ['post_settings'],
  },
}

export const postsData = (db: Db): PersonalData => ({
  tables,
  sections: [
    rowsSection(db, {
      file: 'posts',
      about: 'Your posts and reels, archived ones too',
      entry: {
        post_id: PostId,
        status: Type.String(),
        failure_code: Nullable(Type.String()),
        media: Type.Array(Type.Object({ ...filed, alt_text: Type.String() })),
        caption: Type.String(),
        location: Nullable(Type.Object({ name: Type.String() })),
        people: Type.Array(Type.Object({ ...named, spots: Type.Array(Type.Object({ ...filed, x, y })) })),
        reel: Nullable(Type.Object({ shares_sound: Type.Boolean(), sound_id: Nullable(PostId) })),
        comments_from: Type.String(),
        likes_hidden: Type.Boolean(),
        downloads_allowed: Type.Boolean(),
        sensitive: Type.Boolean(),
        archived: Type.Boolean(),
        pinned: Type.Boolean(),
        circles: Type.Array(CircleId),
        created_at: Timestamp,
        edited_at: Nullable(Timestamp),
      },
      select: (member) => sql`
        select post_id as key, post_id, status, failure_code, media, caption, location, people, reel, comments_from,
          likes_hidden, downloads_allowed, sensitive or sensitive_by_author as sensitive, status = 'archived' as archived, pinned, posts.circles, created_at, edited_at
        from author_posts join posts using (post_id, author_id) where author_id = ${member}`,
      entryOf: ({ people, media }) => ({
        people: (people as InPictures[]).flatMap(({ user_id, state, spots }) =>
          state === 'removed' ? [] : [{ user_id, spots }],
        ) as never,
        media: media as never,
      }),
    }),
    rowsSection(db, {
      file: 'collaborations',
      about: 'Posts of others of which you are an author too, or are asked to be; and who is of yours',
      entry: { post_id: PostId, ...named, waiting: Type.Boolean() },
      select: (member) => sql`
        select post_id::text || user_id::text as key, post_id,
          case when user_id = ${member} then author_id else user_id end as user_id, not accepted as waiting
        from collaborations where user_id = ${member} or author_id = ${member}`,
    }),
    rowsSection(db, {
      file: 'tagged_in',
      about: 'Posts of others in whose pictures you are tagged, or asked to be',
      entry: { post_id: PostId, ...named, waiting: Type.Boolean() },
      select: (member) => sql`
        select post_id as key, post_id, author_id as user_id, pending as waiting
        from tagged_posts where user_id = ${member}`,
    }),
    rowsSection(db, {
      file: 'post_settings',
      about: 'What you have chosen for your posts',
      entry: {
        comments_from: Type.String(),
        likes_hidden: Type.Boolean(),
        downloads_allowed: Type.Boolean(),
        filtered_words: Type.Array(Type.String()),
        tags_from: Type.String(),
      },
      select: (member) => sql`
        select user_id as key, comments_from, likes_hidden, downloads_allowed, filtered_words, tags_from
        from post_settings where user_id = ${member}`,
    }),
  ],
})
