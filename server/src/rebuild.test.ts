import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { Person, startSystem } from '@tintype/testkit'
import { ServerHome } from '@tintype/testkit/server-process'
import { sql } from 'kysely'
import { expect, test } from 'vitest'

test('what is derived is made anew from what it is derived of', async () => {
  await using system = await startSystem()
  const [ana, ben] = await system.people('ana', 'ben')
  await ben.follow(ana)
  const post = await ana.share({ caption: 'a #foggy day' })
  const { circle_id } = await ana.api.circles.create({ body: { name: 'Close' } })
  await ana.api.circles.addMember({ params: { circle_id, username: 'ben' } })
  const close = await ana.share({ caption: 'a #foggy night', circles: [circle_id] })
  await system.settle()
  await ben.like(post)
  await ben.api.reposts.repost({ params: post })
  const said = await ben.comment(post, 'fine')
  await ana.comment(post, 'thanks', said)
  const { conversation_id } = await ben.api.conversations.create({ body: { usernames: ['ana'] } })
  const body = { client_message_id: 'hello-ana', text: 'hi' }
  await ben.api.messages.send({ params: { conversation_id }, body })
  await system.settle()
  const seen = async () => {
    const { items } = await ben.api.conversations.list()
    const found = async (q: string) => (await ben.api.search.find({ query: { q } })).items.length
    const [
      { likes_count, comments_count },
      { posts_count, followers_count },
      { reposts_count },
      home,
      ...hits
    ] = await Promise.all([
      ben.post(post.post_id),
      ben.profile(ana),
      ben.api.reposts.get({ params: post }),
      ben.home(),
      found('ana'),
      found('foggy'),
    ])
    return {
      likes_count,
      comments_count,
      posts_count,
      followers_count,
      reposts_count,
      home,
      hits,
      talks: items.length,
    }
  }
  const right = await seen()
  expect(right).toEqual({
    likes_count: 1,
    comments_count: 2,
    posts_count: 1,
    followers_count: 1,
    reposts_count: 1,
    home: [close.post_id, post.post_id],
    hits: [1, 2],
    talks: 1,
  })
  const { query } = system.engines.db
  await sql`update post_counters set likes_count = 7, comments_count = 0`.execute(query)
  await sql`update repost_counters set reposts_count = 8`.execute(query)
  await sql`update author_post_counts set posts_count = 9`.execute(query)
  await sql`update follow_counts set followers_count = 5, following_count = 5`.execute(query)
  await sql`delete from timeline_entries`.execute(query)
  await sql`update inbox set active_id = null`.execute(query)
  await using nothing = await system.engines.searchIndex.rebuild()
  await nothing.commit()
  await system.engines.cache.clear()
  const { home: _, ...counts } = await seen()
  expect(counts).toEqual({
    likes_count: 7,
    comments_count: 0,
    posts_count: 9,
    followers_count: 5,
    reposts_count: 8,
    hits: [0, 0],
    talks: 0,
  })

  const { rebuilds } = system.system
  expect(rebuilds.map(({ name }) => name).sort()).toEqual([
    'counters',
    'follow-counts',
    'inboxes',
    'message-search',
    'picture-scores',
    'places',
    'post-counts',
    'reels',
    'reposts',
    'search',
    'spam-model',
    'timelines',
  ])
  // No picture is scored here, and no moderator has decided anything.
  const idle = new Set(['picture-scores', 'spam-model'])
  for (const rebuild of rebuilds.filter(({ name }) => !idle.has(name)))
    expect(await rebuild.run(new AbortController().signal), rebuild.name).toBeGreaterThan(0)
  expect(await seen()).toEqual(right)
})

test('npm run rebuild works on the data of a server that runs, and says what there is', async () => {
  await using home = await ServerHome.make()
  const server = await home.start()
  await Person.register(server.url, 'ana')
  const rebuild = async (...names: string[]) => {
    const program = join(import.meta.dirname, 'main.ts')
    const env = { PATH: '/usr/bin:/bin', DATA_DIR: home.dataDir, LOG_LEVEL: 'error' }
    const child = spawn(process.execPath, [program, 'rebuild', ...names], { env })
    const [out, err, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ])
    return { out, err, code }
  }
  expect(await rebuild('follow-counts', 'timelines')).toEqual({
    out: 'follow-counts: 1 rebuilt.\ntimelines: 0 rebuilt.\n',
    err: '',
    code: 0,
  })
  const [none, unknown] = [await rebuild(), await rebuild('teapots')]
  expect(none).toMatchObject({ code: 1, err: expect.stringMatching(/^Name what to rebuild: .*counters/) })
  expect(unknown).toMatchObject({ code: 1, err: expect.stringMatching(/^There is no teapots\. Name what/) })
})
