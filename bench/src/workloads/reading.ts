import type { Ask, Expectation } from '../load/job.ts'
import { only, type Stage } from '../stage.ts'
import { type Target, Targets } from './targets.ts'

const W = 'reading'
const TARGETS = 20_000

interface Page {
  name: string
  pathOf(target: Target): string
  expect: Expectation
}

export const pages = {
  profile: {
    name: 'profile',
    pathOf: ({ author }) => `/api/v1/users/${author}`,
    expect: { kind: 'object', keys: ['username', 'followers_count', 'viewer'] },
  },
  grid: {
    name: 'profile grid',
    pathOf: ({ author }) => `/api/v1/feed/user/${author}`,
    expect: { kind: 'posts', order: 'newest', limit: 20 },
  },
  post: {
    name: 'post page',
    pathOf: ({ post_id }) => `/api/v1/posts/${post_id}`,
    expect: { kind: 'object', keys: ['post_id', 'user', 'media', 'viewer', 'likes_count'] },
  },
  comments: {
    name: 'comments',
    pathOf: ({ post_id }) => `/api/v1/posts/${post_id}/comments`,
    expect: { kind: 'list', limit: 20 },
  },
  explore: {
    name: 'explore',
    pathOf: () => '/api/v1/feed/explore',
    expect: { kind: 'posts', order: 'any', limit: 20 },
  },
} satisfies Record<string, Page>

export const askFor = (page: Page, target: Target): Ask => ({
  method: 'GET',
  path: page.pathOf(target),
  token: target.viewer.token,
})

/** (3) Profile, its grid, a post and its comments, explore: popular ones mostly, by Zipf's law. */
export async function reading(stage: Stage): Promise<void> {
  const targets = new Targets(stage.plan, stage.viewers.some('ordinary', 500), 'reading').some(TARGETS)
  await stage.runs(async () => {
    for (const page of Object.values<Page>(pages)) {
      const asks = targets.map((target) => askFor(page, target))
      await stage.measure(W, `${page.name}, 16 connections`, only(page.name, asks, page.expect), {
        connections: 16,
      })
    }
  })
}
