import type { PostsReader } from './reader.ts'

/** Posts, by id and in lists. What takes a viewer judges what they may see; what does not, judges nothing. */
export type Posts = Pick<
  PostsReader,
  | 'authorOf'
  | 'authorPosts'
  | 'findVisible'
  | 'idsAfter'
  | 'pinnedPosts'
  | 'postCounts'
  | 'recentByAuthors'
  | 'recentPosts'
  | 'records'
  | 'tagPosts'
  | 'visible'
>
