import { tasteWeight } from '@tintype/server/modules/explore/decay'
import type { Sql } from 'postgres'
import type { Ask, Expectation } from '../load/job.ts'
import { only, type Stage } from '../stage.ts'
import { qualities } from './explore-quality.ts'
import type { Viewer } from './viewers.ts'

const W = 'explore'
const VIEWERS = 500
const posts: Expectation = { kind: 'posts', order: 'any', limit: 20 }
const people: Expectation = { kind: 'list', limit: 10 }

const asksFor = (path: string, viewers: readonly Viewer[]): Ask[] =>
  viewers.map(({ token }) => ({ method: 'GET', path, token }))
const EXPLORE = '/api/v1/feed/explore'
const SUGGESTED = '/api/v1/users/suggested'

/** Explore and suggested people, with caches and without; every answer begins a visit. And whether what is named is liked. */
export async function explore(stage: Stage): Promise<void> {
  const { together, popular } = qualities(stage.plan.size.seed)
  stage.figures.add(W, 'named by what goes together', { ...together })
  stage.figures.add(W, 'reference: named by popularity', { ...popular })
  const text = (of: number) => `${(100 * of).toFixed(1)} %`
  stage.tell(
    `  hit-rate@20 ${text(together.hitRate)}, coverage ${text(together.coverage)}; popularity ${text(popular.hitRate)}, ${text(popular.coverage)}`,
  )
  await plant(stage.sql)
  await stage.restart()
  const all = stage.viewers.some('ordinary', 20_000)
  const viewers = all.slice(0, Math.min(stage.options.quick ? VIEWERS / 10 : VIEWERS, all.length >> 1))
  await stage.exercise(only('before', asksFor(EXPLORE, viewers), posts))
  await stage.runs(async () => {
    for (const connections of [1, 16])
      await stage.measure(
        W,
        `first page, warm, ${connections} connections`,
        only(W, asksFor(EXPLORE, viewers), posts),
        {
          connections,
        },
      )
    await stage.measure(W, 'suggested people, 16 connections', only(W, asksFor(SUGGESTED, viewers), people), {
      connections: 16,
    })
    await stage.dropCaches()
    const visits = only('visits', asksFor(EXPLORE, all.slice(viewers.length)), posts, 'once')
    await stage.measure(W, 'first page, first visits', visits, { connections: 4, warmupSeconds: 0 })
  })
}

/** What the consumer would have made of the likes, of each member's newest: paired with the three before. */
const plant = (sql: Sql) =>
  sql.unsafe(`
    truncate engagements, co_engagements, post_heat, author_heat, explore_windows;
    insert into engagements (user_id, post_id, kinds, engaged_at)
      select user_id, post_id, 1, to_timestamp(('x' || substr(replace(like_id::text, '-', ''), 1, 12))::bit(48)::bigint / 1000.0)
      from (select *, row_number() over (partition by user_id order by like_id desc) as place from likes) l
      where place <= 100;
    create temp table pairs as
      select post_id, unnest(array[lag(post_id, 1) over own, lag(post_id, 2) over own, lag(post_id, 3) over own]) as other_id
      from engagements window own as (partition by user_id order by engaged_at);
    insert into co_engagements (post_id, other_id, weight)
      select post_id, other_id, sum(n) * ${tasteWeight(Date.now())} from (
        select post_id, other_id, count(*) as n from pairs where other_id is not null and other_id <> post_id group by 1, 2
        union all
        select other_id, post_id, count(*) from pairs where other_id is not null and other_id <> post_id group by 2, 1) both_ends
      group by 1, 2;
    drop table pairs;
    insert into post_heat (post_id, weight, fast)
      select post_id, count(*) * ${tasteWeight(Date.now())},
        ln(count(*)) / ln(2) + extract(epoch from max(engaged_at)) / 21600 from engagements group by post_id;
    insert into author_heat (author_id, slow)
      select author_id, ln(count(*)) / ln(2) + extract(epoch from max(engaged_at)) / 604800
      from engagements join posts using (post_id) group by author_id;
    analyze engagements; analyze co_engagements; analyze post_heat; analyze author_heat`)
