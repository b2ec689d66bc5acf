import type { Commenters, UserId } from '@tintype/contract'
import type { Viewer } from './visibility.ts'

/** Of a post, what decides who may comment on it. */
export interface CommentTerms {
  author_id: UserId
  comments_from: Commenters
  /** Whom the caption mentions. */
  mentioned_ids: readonly UserId[]
}

type Admits = (viewer: Viewer, terms: CommentTerms, author: Pick<Viewer, 'following'>) => boolean

/** Whom a choice lets comment, besides the author. To add one is to add its line. */
const choices = {
  everyone: () => true,
  following: ({ user_id }, _, author) => user_id !== null && author.following.has(user_id),
  followers: (viewer, { author_id }) => viewer.following.has(author_id),
  mentioned: ({ user_id }, { mentioned_ids }) => user_id !== null && mentioned_ids.includes(user_id),
  off: () => false,
} satisfies Record<Commenters, Admits>

/** Whoever knows whom a member follows. */
export interface Ties {
  relations(userId: UserId): Promise<Viewer>
}

/** May somebody who sees the post comment on it? Whom its author follows is asked for only where it counts. */
export async function mayComment(viewer: Viewer, terms: CommentTerms, ties: Ties): Promise<boolean> {
  const { author_id, comments_from } = terms
  if (viewer.user_id === author_id) return comments_from !== 'off'
  const author = comments_from === 'following' ? await ties.relations(author_id) : viewer
  const admits: Admits = choices[comments_from]
  return admits(viewer, terms, author)
}
