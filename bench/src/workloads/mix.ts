import type { Ask, Traffic } from '../load/job.ts'
import { untilQuiet } from '../servers/quiet.ts'
import type { Stage } from '../stage.ts'
import { Poster, photograph } from './photos.ts'
import { askFor, pages } from './reading.ts'
import { Targets } from './targets.ts'
import type { Viewer } from './viewers.ts'

const W = 'the mix, open loop'
/** Requests per second. */
const RATES = [500, 1000, 2000, 4000]
const UPLOADS = 10

/** (5) 60 % home, 25 % profile grids, 5 % explore and posts, 9 % likes and comments, 1 % posts, at fixed rates. */
export async function mix(stage: Stage): Promise<void> {
  const { quick, seconds, warmupSeconds } = stage.options
  const viewers = stage.viewers.some('ordinary', 500)
  await stage.runs(async (run) => {
    for (const rate of quick ? RATES.slice(0, 1) : RATES) {
      const posts = Math.ceil(0.015 * rate * (seconds + warmupSeconds))
      const traffic = await trafficOf(stage, viewers, posts, `mix/${run}/${rate}`)
      await stage.measure(W, `${rate} requests/s`, traffic, { connections: 128, rate })
      await untilQuiet(stage.tintype)
    }
  })
}

/** `posts`: how many photographs are sent beforehand. */
export async function trafficOf(
  stage: Stage,
  viewers: readonly Viewer[],
  posts: number,
  seed: string,
): Promise<Traffic[]> {
  const targets = new Targets(stage.plan, viewers, seed).some(20_000)
  const [likes, comments] = [targets.slice(0, 10_000), targets.slice(10_000)]
  const random = (name: string, weight: number, asks: Ask[], expect: Traffic['expect']): Traffic => ({
    name,
    weight,
    asks,
    expect,
    order: 'random',
  })
  const home = viewers.map(({ token }): Ask => ({ method: 'GET', path: '/api/v1/feed/home', token }))
  const { grid, explore, post } = pages
  return [
    random('home', 60, home, { kind: 'posts', order: 'any', limit: 20 }),
    random(
      'grid',
      25,
      targets.map((target) => askFor(grid, target)),
      grid.expect,
    ),
    random(
      'explore',
      2.5,
      targets.map((target) => askFor(explore, target)),
      explore.expect,
    ),
    random(
      'post page',
      2.5,
      targets.map((target) => askFor(post, target)),
      post.expect,
    ),
    random('like', 6, likes.map(askToLike), { kind: 'object', keys: ['liked'] }),
    random('comment', 3, comments.map(askToComment), { kind: 'object', keys: ['comment_id'] }),
    {
      name: 'post',
      weight: 1,
      asks: await asksToPost(stage, viewers, posts),
      order: 'once',
      expect: { kind: 'object', keys: ['post_id'] },
    },
  ]
}

type TargetOf = { viewer: Viewer; post_id: string }
const askToLike = ({ viewer, post_id }: TargetOf): Ask => ({
  method: 'POST',
  path: `/api/v1/posts/${post_id}/like`,
  token: viewer.token,
})
const askToComment = ({ viewer, post_id }: TargetOf): Ask => ({
  method: 'POST',
  path: `/api/v1/posts/${post_id}/comments`,
  token: viewer.token,
  body: { text: 'I was there last year.' },
})

/** Photographs that have arrived already, eight members sending theirs at once; each is good for one post. */
export async function asksToPost(stage: Stage, viewers: readonly Viewer[], wanted: number): Promise<Ask[]> {
  const picture = await photograph(1, 640, 480)
  // What an earlier load left over would count against what a member may have waiting.
  await stage.sql`update uploads set expires_at = now() where state = 'pending'`
  const asks: Ask[] = []
  for (let i = 0; asks.length < wanted; i = (i + 8) % viewers.length) {
    const some = viewers.slice(i, i + 8)
    const made = await Promise.all(
      some.map(async (viewer) => {
        const files = Array.from({ length: UPLOADS }, () => picture)
        const ids = await new Poster(stage.tintype, viewer).upload(files)
        return ids.map((id): Ask => {
          const body = { upload_ids: [id], caption: 'The light would not wait. #morning' }
          return { method: 'POST', path: '/api/v1/posts/confirm', token: viewer.token, body }
        })
      }),
    )
    asks.push(...made.flat())
  }
  return asks.slice(0, wanted)
}
