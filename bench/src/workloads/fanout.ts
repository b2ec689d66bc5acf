import { setTimeout as pause } from 'node:timers/promises'
import type { PostId, UserId } from '@tintype/contract'
import { newId } from '@tintype/server/kit/ids'
import { userIdOf } from '../dataset/rows.ts'
import { untilQuiet } from '../servers/quiet.ts'
import { only, type Stage } from '../stage.ts'
import { Poster, photograph } from './photos.ts'
import type { Viewer } from './viewers.ts'

const W = 'fan-out'

/** (6) From a post's publication until it stands in every feed, against one insert of as many rows; and what a burst does to others. */
export async function fanout(stage: Stage): Promise<void> {
  const picture = await photograph(2, 640, 480)
  const authors = [...stage.plan.audiences].sort(([a], [b]) => a - b)
  // The first photograph starts the processes that work on them.
  await publish(stage, stage.viewers.of(0), picture)
  await untilQuiet(stage.tintype)
  await stage.runs(async () => {
    for (const [count, number] of authors) await measureOne(stage, count, stage.viewers.of(number), picture)
  })
  const pushed = authors.filter(([count]) => count <= stage.plan.size.celebrityFollowers).at(-1)
  const bursts = [pushed?.[1], stage.plan.audiences.get(100_000) ?? 0]
  await stage.exercise(others(stage))
  await stage.runs(async () => {
    await baseline(stage)
    for (const number of bursts) if (number !== undefined) await burst(stage, number, picture)
  })
}

async function publish(stage: Stage, author: Viewer, picture: Buffer): Promise<PostId> {
  const poster = new Poster(stage.tintype, author)
  return poster.post(await poster.upload([picture]))
}

async function measureOne(stage: Stage, count: number, author: Viewer, picture: Buffer): Promise<void> {
  const expected = await audienceOf(stage, author)
  // Twice, and the better counts: both ways then find the pages in memory.
  const insert = Math.min(await insertRows(stage, author), await insertRows(stage, author))
  await untilCalm(author)
  const { whole, pushing } = await timePost(stage, author, picture, expected)
  stage.figures.add(W, `${count} followers`, {
    entries: expected,
    'ms from acknowledged': whole,
    'ms from published': pushing,
    'entries/s': (expected / pushing) * 1000,
    'entries/s, one insert': (expected / insert) * 1000,
  })
  stage.tell(
    `  ${count} followers: ${Math.round(pushing)} ms for ${expected} entries; one insert ${Math.round(insert)} ms`,
  )
}

/** When an author's last post stood in all feeds. */
const pushedAt = new Map<UserId, number>()
/** What an author posts within ten seconds of that is pushed gently, which is measured as the burst. */
const CALM_MS = 11_000

async function untilCalm({ user_id }: Viewer): Promise<void> {
  await pause(Math.max(0, (pushedAt.get(user_id) ?? 0) + CALM_MS - performance.now()))
}

/** Milliseconds from a post's acknowledgement, and from its publication, until it stands in so many timelines. */
async function timePost(stage: Stage, author: Viewer, picture: Buffer, expected: number) {
  const uploads = await new Poster(stage.tintype, author).upload([picture])
  const post = await new Poster(stage.tintype, author).post(uploads)
  const acknowledged = performance.now()
  let published = 0
  while (true) {
    const [row] = await stage.sql`
      select (select status = 'published' from posts where post_id = ${post}) as published,
        (select count(*)::int from timeline_entries where post_id = ${post}) as entries`
    if (row?.published && published === 0) published = performance.now()
    if (row?.entries >= expected) break
    if (performance.now() - acknowledged > 120_000) throw new Error(`a fan-out to ${expected} did not end`)
    await pause(2)
  }
  const times = { whole: performance.now() - acknowledged, pushing: performance.now() - published }
  await untilQuiet(stage.tintype)
  pushedAt.set(author.user_id, performance.now())
  return times
}

const timelinesOf = (stage: Stage, { user_id }: Viewer) => stage.sql`
  select t.user_id from timelines t
  where t.last_read_at > now() - interval '30 days' and (t.user_id = ${user_id}
    or (t.user_id in (select follower_id from followers where followee_id = ${user_id})
      and not exists (select from celebrities where author_id = ${user_id})))`

/** How many timelines a post of theirs is to stand in: their active followers' unless they are pulled, and their own. */
async function audienceOf(stage: Stage, author: Viewer): Promise<number> {
  const [row] = await stage.sql`select count(*)::int as count from (${timelinesOf(stage, author)}) audience`
  return row?.count ?? 0
}

/** Milliseconds for the same rows in one statement, of a post that there is not. */
async function insertRows(stage: Stage, author: Viewer): Promise<number> {
  const post = newId<PostId>()
  const started = performance.now()
  await stage.sql`
    insert into timeline_entries (user_id, post_id, author_id)
    select user_id, ${post}, ${author.user_id} from (${timelinesOf(stage, author)}) audience`
  const taken = performance.now() - started
  await stage.sql`delete from timeline_entries where post_id = ${post}`
  return taken
}

const POSTS = 20

/** Members who have nothing to do with it read their feeds at half of what the server can do, or less. */
const others = (stage: Stage) =>
  only(
    'home',
    stage.viewers
      .some('ordinary', 500)
      .map(({ token }) => ({ method: 'GET', path: '/api/v1/feed/home', token })),
    { kind: 'posts', order: 'any', limit: 20 },
  )
const openLoop = (stage: Stage) => ({ connections: 64, rate: stage.options.quick ? 300 : 1000 })

async function baseline(stage: Stage): Promise<void> {
  await stage.measure('burst', 'home feeds, before', others(stage), openLoop(stage))
}

async function burst(stage: Stage, number: number, picture: Buffer): Promise<void> {
  const author = stage.viewers.of(number)
  const poster = new Poster(stage.tintype, author)
  const uploads = await poster.upload(Array.from({ length: POSTS }, () => picture))
  const [row] = await stage.sql`
    select followers_count from follow_counts where user_id = ${userIdOf(stage.plan, number)}`
  const reading = stage.measure(
    'burst',
    `home feeds, while one with ${row?.followers_count} followers posts ${POSTS} times`,
    others(stage),
    openLoop(stage),
  )
  await pause(stage.options.warmupSeconds * 1000)
  for (const upload of uploads) await poster.post([upload])
  const acknowledged = performance.now()
  const everywhere = untilQuiet(stage.tintype).then(() => performance.now())
  await reading
  const whole = (await everywhere) - acknowledged
  stage.figures.add(W, `${row?.followers_count} followers, ${POSTS} posts`, { 'ms from acknowledged': whole })
  pushedAt.set(author.user_id, performance.now())
}
