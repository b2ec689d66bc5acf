import { randomBytes } from 'node:crypto'
import { open, readdir, readFile } from 'node:fs/promises'
import { type ClientRequest, request } from 'node:http'
import { join } from 'node:path'
import type { Page, PostId, UploadId } from '@tintype/contract'
import { Person, type Photo, photo, photoOf } from '@tintype/testkit'
import { Burst } from '@tintype/testkit/burst'
import { addFollowers } from '@tintype/testkit/crowd'
import { ServerHome, type ServerProcess } from '@tintype/testkit/server-process'
import { openSql, type Sql } from '@tintype/testkit/sql'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { readInfo } from './engines/object-store/files/object-file.ts'

/**
 * The real server is killed with SIGKILL while it works and started again on the same data directory. What it had acknowledged
 * is there, once; what it had not is there once or not at all.
 */
let home: ServerHome
let server: ServerProcess
let sql: Sql
let names: string[]
let people: Person[]

beforeAll(async () => {
  home = await ServerHome.make()
  await start()
  names = ['ana', 'ben', 'cleo', 'dan', 'eve', 'fay']
  people = []
  for (const name of names) people.push(await Person.register(server.url, name))
}, 120_000)
afterAll(async () => {
  await sql?.end()
  await home?.[Symbol.asyncDispose]()
}, 60_000)

async function start(): Promise<void> {
  server = await home.start()
  sql = openSql(await home.databaseUrl(), { max: 2 })
}

/** Ends the server as a power cut ends it, meanwhile everything asked for is cut off, and starts it again. */
async function crash(): Promise<void> {
  await server.kill()
  await sql.end({ timeout: 0 })
  await start()
  // They keep the sessions they had.
  people = people.map((person) => new Person(server.url, person.username, person.session))
}

const who = (name: string) => people[names.indexOf(name)] as Person
const soon = { timeout: 30_000, interval: 10 }

interface Readiness {
  events: { dead_letters: number; groups: { waiting: number }[] }
}

/** Resolves once all events are handled; none may have been given up. */
async function settled(): Promise<void> {
  await vi.waitFor(async () => {
    const { events } = (await (await fetch(`${server.url}/ready`)).json()) as Readiness
    expect(events.dead_letters).toBe(0)
    expect(events.groups.filter(({ waiting }) => waiting > 0)).toEqual([])
  }, soon)
}

async function all<T>(read: (query: { cursor?: string; limit: number }) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await read({ cursor, limit: 50 })
    items.push(...page.items)
    if (page.next_cursor === null) return items
    cursor = page.next_cursor
  }
}

test('uploads: half-way, arrived, and confirmed a moment ago', async () => {
  const ana = who('ana')
  const [arrived, confirmed] = await Promise.all([photo(32), photo(33)])
  // More than the server gathers before it writes; what is in it does not matter before it is confirmed.
  const half = photoOf(randomBytes(3_000_000), 'image/png')
  const [confirmedId] = (await ana.upload([confirmed])) as [UploadId]
  const [arrivedId] = (await ana.upload([arrived])) as [UploadId]
  const announced = {
    body: { files: [{ content_type: half.content_type, size: half.size, sha256: half.sha256 }] },
  }
  const [ticket] = (await ana.api.media.requestUploads(announced)).uploads
  if (!ticket) throw new Error('no ticket')
  const cutOff = sendHalf(new URL(ticket.url, server.url), half)
  await vi.waitFor(async () => expect(await halfWritten()).toBeGreaterThan(0), soon)
  const post = await ana.api.posts.confirm({ body: { upload_ids: [confirmedId], caption: 'survives' } })
  await crash()
  cutOff.destroy()
  expect(await namedObjects()).not.toContain(`uploads~${ticket.upload_id}`)
  const again = who('ana')
  const stateOf = async (upload_id: UploadId) =>
    (await again.api.media.uploadStatus({ params: { upload_id } })).state
  expect(await stateOf(ticket.upload_id)).toBe('pending')
  expect(await stateOf(arrivedId)).toBe('complete')
  expect(await stateOf(confirmedId)).toBe('used')
  const put = await fetch(new URL(ticket.url, server.url), {
    method: 'PUT',
    headers: ticket.headers,
    body: new Uint8Array(half.bytes),
  })
  expect(put.status).toBe(200)
  expect(await stateOf(ticket.upload_id)).toBe('complete')
  await again.api.posts.confirm({ body: { upload_ids: [arrivedId] } })
  const posts = () => all((query) => again.api.feed.user({ params: again, query }))
  await vi.waitFor(
    async () => expect((await posts()).map(({ status }) => status)).toEqual(['published', 'published']),
    soon,
  )
  expect(
    (await posts()).filter(({ caption }) => caption === 'survives').map(({ post_id }) => post_id),
  ).toEqual([post.post_id])
  for (const { media } of await posts()) await expectWhole(media[0]?.variants.map(({ url }) => url) ?? [])
  await namedObjects()
  await settled()
})

/** Sends the head and half of the body, and keeps the connection. */
function sendHalf(url: URL, file: Photo): ClientRequest {
  const headers = { 'content-type': file.content_type, 'content-length': file.size }
  const sending = request(url, { method: 'PUT', headers })
  sending.on('error', () => {})
  sending.write(file.bytes.subarray(0, file.size / 2))
  return sending
}

const objects = () => join(home.dataDir, 'objects')

/** Bytes in files that have no name yet. */
async function halfWritten(): Promise<number> {
  let bytes = 0
  for (const name of await readdir(join(objects(), '.tmp')))
    bytes += await readFile(join(objects(), '.tmp', name)).then(
      (content) => content.length,
      () => 0,
    )
  return bytes
}

/** The names of all objects, each of them whole. */
async function namedObjects(): Promise<string[]> {
  const entries = await readdir(objects(), { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && !/[/\\]\.(tmp|parts)/.test(entry.parentPath))
  for (const { parentPath, name } of files) {
    await using file = await open(join(parentPath, name))
    await readInfo(file, name)
  }
  return files.map((entry) => entry.name)
}

async function expectWhole(urls: string[]): Promise<void> {
  expect(urls.length).toBeGreaterThan(0)
  for (const url of urls) {
    const bytes = await (await fetch(new URL(url, server.url))).arrayBuffer()
    expect((await sharp(bytes).stats()).channels.length).toBeGreaterThan(0)
  }
}

test('bursts of likes, comments and follows', async () => {
  const shared = await Promise.all([1, 2].map(() => who('ana').share({ photos: [tiny] })))
  const posts = shared.map((post) => post.post_id)
  await settled()
  for (const enough of [60, 200]) {
    const burst = new Burst()
    const running = burst.run(people, posts)
    await vi.waitFor(() => expect(burst.acknowledged).toBeGreaterThan(enough), { ...soon, interval: 1 })
    await crash()
    await running
    await settled()
    // The lease of an attempt that died is 20 seconds long.
    await sql`update idempotency_keys set locked_until = now() where status is null`
    const before = await commentsOf(posts)
    for (const { text, comment_id } of burst.comments) {
      const found = before.filter((comment) => comment.text === text)
      if (comment_id) expect(found.map((comment) => comment.comment_id)).toEqual([comment_id])
      else expect(found.length).toBeLessThanOrEqual(1)
    }
    await burst.repeat((author) => who(author.username))
    await settled()
    const after = (await commentsOf(posts)).filter(({ text }) =>
      burst.comments.some((said) => said.text === text),
    )
    expect(after.map(({ text }) => text).toSorted()).toEqual(
      burst.comments.map(({ text }) => text).toSorted(),
    )
    await expectSwitches(burst, posts)
    for (const post_id of posts) await expectCounted(post_id)
    await expectTold()
  }
})

const tiny = await photo(7, { width: 16, height: 16, format: 'png' })

const commentsOf = async (posts: readonly PostId[]) =>
  (
    await Promise.all(
      posts.map((post_id) => all((query) => who('ana').api.comments.list({ params: { post_id }, query }))),
    )
  ).flat()

const likersOf = async (post_id: PostId) =>
  (await all((query) => who('ana').api.engagement.likes({ params: { post_id }, query }))).map(
    ({ username }) => username,
  )

/** Each thing is as it was last acknowledged, or as it was asked for when the server died. */
async function expectSwitches(burst: Burst, posts: readonly PostId[]): Promise<void> {
  const likers = new Map(await Promise.all(posts.map(async (id) => [id, await likersOf(id)] as const)))
  for (const [key, { acknowledged, asked }] of burst.likes) {
    const [name = '', post = ''] = key.split(' ')
    expect([acknowledged, asked], key).toContain(likers.get(post as PostId)?.includes(name))
  }
  for (const [key, { acknowledged, asked }] of burst.follows) {
    const [name = '', other = ''] = key.split(' ')
    const { viewer } = await who(name).profile(who(other))
    expect([acknowledged, asked], key).toContain(viewer?.following)
  }
}

/** Counters say what is there. */
async function expectCounted(post_id: PostId): Promise<void> {
  const { likes_count, comments_count } = await who('fay').post(post_id)
  expect([likes_count, comments_count]).toEqual([
    (await likersOf(post_id)).length,
    (await commentsOf([post_id])).length,
  ])
  for (const person of people) {
    const { followers_count, following_count } = await who('ana').profile(person)
    const lists = [person.api.graph.followers, person.api.graph.following] as const
    const lengths = lists.map(async (list) => (await all((query) => list({ params: person, query }))).length)
    expect([followers_count, following_count]).toEqual(await Promise.all(lengths))
  }
}

/** Each like, comment and follow that stands is told once, and nothing else; the groups listed have all of it in them. */
async function expectTold(): Promise<void> {
  for (const person of people) {
    const told = await sql`
      select type, actor_id, subject_id, subject_partition, group_id from notifications
      where user_id = ${person.id} and withdrawn_at is null`
    const said = told.map((row) => {
      const comment_id = row.type === 'comment' ? row.subject_id : null
      return [row.type, row.actor_id, row.type === 'follow' ? null : row.subject_partition, comment_id].join(
        ' ',
      )
    })
    const rows = await sql`
      select 'like' as type, user_id, post_id, null::uuid as comment_id from likes
      where post_id in (select post_id from posts where author_id = ${person.id}) and user_id <> ${person.id}
      union all select 'comment', user_id, post_id, comment_id from comments
      where post_id in (select post_id from posts where author_id = ${person.id}) and user_id <> ${person.id}
      union all select 'follow', follower_id, null, null from followers where followee_id = ${person.id}`
    const facts = rows.map((row) => [row.type, row.user_id, row.post_id, row.comment_id].join(' '))
    expect(said.toSorted()).toEqual(facts.toSorted())
    const groups = [...Map.groupBy(told, (row) => row.group_id)].map(([group_id, some]) => [
      group_id,
      new Set(some.map((row) => row.actor_id)).size,
      new Set(some.map((row) => row.subject_id)).size,
    ])
    const listed = await all((query) => person.api.notifications.list({ query }))
    expect(
      listed.map((group) => [group.group_id, group.others_count + 1, group.things_count]).toSorted(),
    ).toEqual(groups.toSorted())
  }
}

test('fan-out to a crowd', async () => {
  const ben = who('ben')
  const crowd = 2500
  await addFollowers(sql, ben.id, crowd)
  const posts: PostId[] = []
  for (let n = 0; n < 3; n++) posts.push((await ben.share({ photos: [tiny] })).post_id)
  const entries = async () =>
    new Map(
      (
        await sql`select post_id, count(*)::int as n from timeline_entries
          where post_id = any(${`{${posts}}`}::uuid[]) group by post_id`
      ).map((row) => [row.post_id, row.n]),
    )
  await vi.waitFor(async () => expect(Math.max(0, ...(await entries()).values())).toBeGreaterThan(0), {
    ...soon,
    interval: 1,
  })
  await crash()
  await settled()
  for (const post_id of posts) expect(await who('ben').post(post_id)).toMatchObject({ status: 'published' })
  const [{ n: expected } = { n: 0 }] = await sql`
    select count(*)::int as n from timelines where user_id = ${ben.id}
      or user_id in (select follower_id from followers where followee_id = ${ben.id})`
  expect(expected).toBeGreaterThanOrEqual(crowd)
  for (const post_id of posts) expect((await entries()).get(post_id)).toBe(expected)
})
