import { newId } from '@tintype/server/kit/ids'
import type { Sql } from 'postgres'
import type { Ask, Expectation, Traffic } from '../load/job.ts'
import { untilQuiet } from '../servers/quiet.ts'
import { only, type Stage } from '../stage.ts'
import { homeAsks } from './home.ts'
import { Targets } from './targets.ts'
import type { Viewer } from './viewers.ts'

const W = 'stories'
const VIEWERS = 500
const PER_SECOND = 8000
const connections = 16
const page: Expectation = { kind: 'list', limit: 20 }
const posts: Expectation = { kind: 'posts', order: 'any', limit: 20 }

const trayAsks = (viewers: readonly Viewer[]): Ask[] =>
  viewers.map(({ token }) => ({ method: 'GET', path: '/api/v1/stories/feed', token }))

/** The row of stories beside the home feed, warm and cold, and a view of a story beside a like. */
export async function stories(stage: Stage): Promise<void> {
  await plant(stage.sql)
  await stage.restart()
  const viewers = stage.viewers.some('ordinary', stage.options.quick ? VIEWERS / 5 : VIEWERS)
  await warm(stage, viewers)
  await cold(stage)
  await views(stage, viewers)
}

/** Every fourth member has one to five stories of the last twenty hours; who looks has seen a third of them. */
const plant = (sql: Sql) =>
  sql.unsafe(`
    truncate stories, author_stories, story_views, seen_stories;
    create temp table planted as
      select m.user_id as author_id, bench.id_at(
        (extract(epoch from now()) * 1000)::bigint - (bench.chance(h) * 72000000)::bigint, h,
        uuid_hash_extended(m.user_id, i)) as story_id
      from bench.member m cross join generate_series(1, 5) i,
        lateral (select uuid_hash_extended(m.user_id, 50 + i) as h) x
      where uuid_hash_extended(m.user_id, 40) % 4 = 0 and i <= 1 + abs(uuid_hash_extended(m.user_id, 41) % 5);
    insert into stories (story_id, author_id, status, media_id, alt_text, stickers, audience, replies, saved)
      select story_id, author_id, 'published', story_id, '', '[]', 'followers', 'everyone', true from planted;
    insert into author_stories (author_id, story_id, audience, published, created_at)
      select author_id, story_id, 'followers', true, now() from planted;
    insert into story_views (story_id, viewer_id, view_id)
      select p.story_id, f.follower_id, p.story_id from planted p join followers f on f.followee_id = p.author_id
      where uuid_hash_extended(p.story_id, 60) % 3 = 0;
    insert into seen_stories (viewer_id, story_id) select viewer_id, story_id from story_views;
    drop table planted;
    analyze stories; analyze author_stories; analyze story_views; analyze seen_stories`)

async function warm(stage: Stage, viewers: readonly Viewer[]): Promise<void> {
  for (const ask of [...homeAsks(viewers), ...trayAsks(viewers)]) await stage.ask(ask)
  await stage.runs(async () => {
    await stage.measure(W, 'home feed, warm', only('home', homeAsks(viewers), posts), { connections })
    await stage.measure(W, 'tray, warm', only('tray', trayAsks(viewers), page), { connections })
  })
}

/** First visits after the caches were emptied, by a process that has compiled its code on other members. */
async function cold(stage: Stage): Promise<void> {
  const all = stage.viewers.some('ordinary', 20_000)
  const before = all.slice(0, Math.min(stage.options.quick ? 50 : 2000, all.length >> 1))
  const visits = all.slice(before.length)
  const kinds = [
    { name: 'home feed, first visits', asks: homeAsks, expect: posts },
    { name: 'tray, first visits', asks: trayAsks, expect: page },
  ]
  await stage.runs(async () => {
    for (const { name, asks, expect } of kinds) {
      await stage.restart()
      await stage.exercise(only('before', asks(before), expect))
      await stage.dropCaches()
      const traffic = only('visits', asks(visits), expect, 'once')
      await stage.measure(W, name, traffic, { connections, warmupSeconds: 0 })
    }
  })
}

/** Each view and each like is a first one. */
async function views(stage: Stage, viewers: readonly Viewer[]): Promise<void> {
  const { seconds, warmupSeconds } = stage.options
  const many = PER_SECOND * (seconds + warmupSeconds)
  const ids = await stage.sql<{ story_id: string }[]>`
    select story_id from stories join users on users.user_id = stories.author_id where not is_private
      and author_id not in (select blocker_id from blocks union select blocked_id from blocks) order by story_id`
  await stage.runs(async (run) => {
    const targets = new Targets(stage.plan, viewers, `stories/${run}/${newId()}`)
    const likes = targets.some(many).map(({ viewer, post_id }): Ask => {
      return { method: 'POST', path: `/api/v1/posts/${post_id}/like`, token: viewer.token }
    })
    const views = Array.from({ length: many }, (_, n): Ask => {
      // Every story by one member after the other; a run begins where nobody of the last one was.
      const viewer = viewers[(Math.floor(n / ids.length) + n + run * 101) % viewers.length]
      return {
        method: 'POST',
        path: `/api/v1/stories/${ids[n % ids.length]?.story_id}/view`,
        token: viewer?.token,
      }
    })
    await once(stage, 'like', only('like', likes, { kind: 'object', keys: ['liked', 'likes_count'] }, 'once'))
    await stage.sql`truncate story_views, seen_stories`
    await once(stage, 'view', only('view', views, { kind: 'object', keys: ['seen'] }, 'once'))
  })
}

async function once(stage: Stage, name: string, traffic: Traffic[]): Promise<void> {
  await stage.measure(W, `${name}, acknowledged`, traffic, { connections })
  await untilQuiet(stage.tintype)
}
