/**
 * The order of what is found, all of it. How well something matches decides first (`matches` in engines/search-index/port.ts: by its whole
 * name, by words of its name, by their beginnings, by what else is said of it, mistyped); then the sum of what stands here.
 */
export const weights = {
  /** A member who is who they say; as much as 256 times the followers, or a post's two months. */
  verified: { member: 8, post: 2 },
  /** Each time that the followers, or the posts of a hashtag or place, are doubled. */
  doubling: 1,
  /** The same for posts, by their author. */
  authorDoubling: 1 / 16,
  /** Each month that a post is younger. */
  month: 1,
  /** Whom the viewer follows, and the viewer: as much as 64 times the followers. Of posts: as much as two months. */
  circle: { member: 6, post: 2 },
} as const

const MONTH = 30 * 86_400_000
/** Before the first post. */
const BEGINNING = Date.UTC(2020, 0)
/** Of what is kept: one follower more is no new order among those who have a thousand; of posts, some seconds. */
const STEP = 1 / 8
const POST_STEP = 2 ** -20

/** Powers of two, so that what is added for a viewer can be taken off again without a trace. */
const stepped = (rank: number, step = STEP): number =>
  Math.max(0, Math.min(999, Math.round(rank / step) * step))
const doublings = (count: number): number => Math.log2(1 + Math.max(0, count))

export const memberRank = (member: { followers: number; isVerified?: boolean }): number =>
  stepped(doublings(member.followers) * weights.doubling + (member.isVerified ? weights.verified.member : 0))

/** As it is when the post is written, edited, or all is made anew. */
export const postRank = (post: { at: number; followers: number; isVerified?: boolean }): number =>
  stepped(
    ((post.at - BEGINNING) / MONTH) * weights.month +
      doublings(post.followers) * weights.authorDoubling +
      (post.isVerified ? weights.verified.post : 0),
    POST_STEP,
  )

export const labelRank = (label: { posts: number }): number =>
  stepped(doublings(label.posts) * weights.doubling)

/** What is added for one viewer. */
export const circleBonus = (kind: string): number =>
  kind === 'member' ? weights.circle.member : kind === 'post' ? weights.circle.post : 0
