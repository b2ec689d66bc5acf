/** How much of everything a data set has. Follows, likes and comments are aims that are met within a few percent. */
export interface Size {
  name: string
  seed: string
  members: number
  posts: number
  follows: number
  likes: number
  comments: number
  /** Authors with more followers are pulled; the server under test is started with the same bound. */
  celebrityFollowers: number
  /** What a member follows who follows as much as anybody. */
  denseFollows: number
  /** Authors who are followed by exactly so many, for fan-out. */
  audiences: readonly number[]
}

export const sizes = {
  /** For the comparison with the way through the API. */
  XS: {
    name: 'XS',
    seed: 'tintype',
    members: 40,
    posts: 240,
    follows: 400,
    likes: 1200,
    comments: 200,
    celebrityFollowers: 20,
    denseFollows: 30,
    audiences: [10],
  },
  S: {
    name: 'S',
    seed: 'tintype',
    members: 1000,
    posts: 20_000,
    follows: 50_000,
    likes: 400_000,
    comments: 40_000,
    celebrityFollowers: 400,
    denseFollows: 600,
    audiences: [100, 390],
  },
  M: {
    name: 'M',
    seed: 'tintype',
    members: 100_000,
    posts: 1_000_000,
    follows: 5_000_000,
    likes: 20_000_000,
    comments: 2_000_000,
    celebrityFollowers: 10_000,
    denseFollows: 5000,
    audiences: [100, 1000, 9900, 100_000],
  },
} as const satisfies Record<string, Size>
