import type { PostsReader } from './reader.ts'

export type { NewPostBody } from './drafting.ts'
export type { NewPostRow, PostRecord } from './store.ts'

/** Posts, by id and in lists. What takes a viewer judges what they may see; what does not, judges nothing. */
export type Posts = Pick<
  PostsReader,
  | 'authorOf'
  | 'authorPosts'
  | 'findVisible'
  | 'idsAfter'
  | 'newestAuthors'
  | 'pinnedPosts'
  | 'postCounts'
  | 'recentByAuthors'
  | 'recentPosts'
  | 'records'
  | 'sharedPosts'
  | 'tagPosts'
  | 'tagsOf'
  | 'visible'
>
