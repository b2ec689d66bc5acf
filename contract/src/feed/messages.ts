export interface FeedMessages {
  /** New posts wait at the top of the home feed. */
  'feed.new_posts': { count: number }
}
