import { CommentId, Nullable, PostId, Timestamp, Type } from '@tintype/contract'
import { sql } from 'kysely'
import type { Db } from '../../engines/db/port.ts'
import { derived, named, type PersonalData, rowsSection } from '../personal.ts'

const POST = 'until undone, or the post or the account is deleted'

const tables: PersonalData['tables'] = {
  likes: { holds: 'who likes which post', kept: POST, told: ['likes', 'likes_received'] },
  saves: { holds: 'posts that a member has saved', kept: POST, told: ['saves'] },
  comments: { holds: 'comments and replies', kept: POST, told: ['comments', 'comments_received'] },
  comment_posts: derived('to which post a comment belongs', POST),
  comment_likes: { holds: 'who likes which comment', kept: POST, told: ['comment_likes'] },
  held_comments: {
    holds: 'comments that wait for the author of the post',
    kept: `until approved; ${POST}`,
    told: ['comments'],
  },
  comment_pins: { holds: 'comments that an author has pinned', kept: POST, told: ['comments_received'] },
  post_counters: derived('likes and comments of a post', POST),
  post_counter_changes: derived('changes that are not counted yet', 'minutes'),
  comment_counters: derived('likes and replies of a comment', POST),
  comment_counter_changes: derived('changes that are not counted yet', 'minutes'),
}

export const engagementData = (db: Db): PersonalData => ({
  tables,
  sections: [
    rowsSection(db, {
      file: 'likes',
      about: 'Posts that you like',
      entry: { post_id: PostId, liked_at: Timestamp },
      select: (member) => sql`
        select like_id as key, post_id, like_id as liked_at from likes where user_id = ${member}`,
    }),
    rowsSection(db, {
      file: 'likes_received',
      about: 'Who likes your posts',
      entry: { post_id: PostId, ...named, liked_at: Timestamp },
      select: (member) => sql`
        select like_id as key, post_id, likes.user_id, like_id as liked_at from author_posts join likes using (post_id)
        where author_id = ${member} and owner_id is null and likes.user_id <> ${member}`,
    }),
    rowsSection(db, {
      file: 'saves',
      about: 'Posts that you have saved',
      entry: { post_id: PostId, saved_at: Timestamp },
      select: (member) => sql`
        select save_id as key, post_id, save_id as saved_at from saves where user_id = ${member}`,
    }),
    rowsSection(db, {
      file: 'comments',
      about: 'Comments that you have written; held ones wait for the author of the post',
      entry: {
        comment_id: CommentId,
        post_id: PostId,
        parent_comment_id: Nullable(CommentId),
        text: Type.String(),
        held: Type.Boolean(),
        removed: Type.Boolean(),
        written_at: Timestamp,
      },
      select: (member) => sql`
        select comment_id as key, comment_id, post_id, parent_comment_id, text, false as held,
          removed_at is not null as removed, comment_id as written_at
        from comments where user_id = ${member}
        union all
        select comment_id, comment_id, post_id, parent_comment_id, text, not restricted, false, comment_id
        from held_comments where user_id = ${member}`,
    }),
    rowsSection(db, {
      file: 'comments_received',
      about: 'What others have written under your posts',
      entry: {
        comment_id: CommentId,
        post_id: PostId,
        parent_comment_id: Nullable(CommentId),
        ...named,
        text: Type.String(),
        pinned: Type.Boolean(),
        written_at: Timestamp,
      },
      select: (member) => sql`
        select comment_id as key, comment_id, post_id, parent_comment_id, comments.user_id, text,
          coalesce(comment_id = any(comment_ids), false) as pinned, comment_id as written_at
        from author_posts join comments using (post_id) left join comment_pins using (post_id)
        where author_id = ${member} and owner_id is null and comments.user_id <> ${member} and removed_at is null`,
    }),
    rowsSection(db, {
      file: 'comment_likes',
      about: 'Comments that you like',
      entry: { comment_id: CommentId, post_id: PostId },
      select: (member) => sql`
        select comment_id as key, comment_id, post_id from comment_likes where user_id = ${member}`,
    }),
  ],
})
