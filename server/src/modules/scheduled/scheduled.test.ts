import type { ScheduledId } from '@tintype/contract'
import { type NewPost, type Person, photo, photoOf, startSystem, type TestSystem } from '@tintype/testkit'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let system: TestSystem
let owner: Person
beforeAll(async () => {
  system = await startSystem()
  owner = (await system.people('owner'))[0]
})
afterAll(() => system[Symbol.asyncDispose]())

const notFound = { code: 'not_found' }
const HOUR = 3600
const DAY = 24 * HOUR

let seed = 1
const tiny = () => photo(seed++, { width: 32, height: 32 })
const inSeconds = (seconds: number) => new Date(system.clock.now() + seconds * 1000).toISOString()
const tick = (of: TestSystem = system) =>
  of.system.schedules.find(({ name }) => name === 'scheduled.publish')?.run(new AbortController().signal)

async function schedule(by: Person, { photos, ...rest }: NewPost = {}, seconds = HOUR) {
  const upload_ids = await by.upload(photos ?? [await tiny()])
  return by.api.scheduled.create({ body: { ...rest, upload_ids, publish_at: inSeconds(seconds) } })
}
const list = (of: Person) => of.api.scheduled.list()
const postsOf = async (of: Person, by: Person = of) =>
  (await by.api.feed.user({ params: { username: of.username } })).items

/** Sessions end meanwhile. */
async function pass(seconds: number, ...people: Person[]) {
  await system.pass(seconds)
  await tick()
  await system.settle()
  for (const one of people) await one.logIn()
}

describe('a scheduled post', () => {
  test('waits for its time and is published then, once, as a post of that time', async () => {
    const [ana, ben] = await system.people('ana', 'ben')
    await ben.follow(ana)
    const body = { caption: 'Soon #dawn with @ben', alt_texts: ['A field'], location: { name: 'The hill' } }
    const made = await schedule(ana, body, DAY)
    expect(made).toMatchObject({ status: 'processing', caption: body.caption, media_count: 1 })
    await pass(0)
    const [waiting] = await list(ana)
    expect(waiting).toMatchObject({
      status: 'waiting',
      publish_at: made.publish_at,
      media: [{ alt_text: 'A field' }],
    })
    expect(await postsOf(ana)).toEqual([])
    expect((await ana.profile(ana)).posts_count).toBe(0)
    await pass(DAY - 1, ana, ben)
    expect(await postsOf(ana)).toEqual([])
    await pass(1)
    for (const _ of [1, 2]) await tick()
    await system.settle()
    const [post, ...others] = await postsOf(ana, ben)
    expect(others).toEqual([])
    expect(post).toMatchObject({ caption: body.caption, status: 'published', location: { name: 'The hill' } })
    expect(Date.parse(post?.created_at ?? '')).toBe(system.clock.now())
    expect(post?.media).toMatchObject([{ alt_text: 'A field', media_id: waiting?.media[0]?.media_id }])
    const url = new URL(post?.media[0]?.url ?? '', system.baseUrl)
    expect((await fetch(url)).status).toBe(200)
    expect(await ben.home()).toEqual([post?.post_id])
    expect((await ben.notifications()).map(({ type }) => type)).toContain('mention')
    expect((await ana.profile(ana)).posts_count).toBe(1)
    expect(await list(ana)).toEqual([])
    expect((await ben.api.feed.hashtag({ params: { tag: 'dawn' } })).items).toHaveLength(1)
  })

  test('is nobody else’s to see, in any way, before', async () => {
    const [ana, ben] = await system.people('p.ana', 'p.ben')
    await ben.follow(ana)
    await schedule(ana, { caption: 'hush #secretplan' })
    await pass(0)
    const [waiting] = await list(ana)
    const params = { scheduled_id: waiting?.scheduled_id as ScheduledId }
    const { scheduled } = ben.api
    for (const ask of [
      () => scheduled.get({ params }),
      () => scheduled.edit({ params, body: { caption: 'mine' } }),
      () => scheduled.publish({ params }),
      () => scheduled.delete({ params }),
      () => ben.post(params.scheduled_id as never),
    ])
      await expect(ask()).rejects.toMatchObject(notFound)
    expect(await list(ben)).toEqual([])
    const url = new URL(waiting?.media[0]?.url ?? '', system.baseUrl)
    expect((await fetch(url)).status).toBe(200)
    // The link is its author's: it says who may see it, and nothing else leads to the file.
    const bare = new URL(url.pathname, system.baseUrl)
    expect((await fetch(bare)).status).toBe(404)
    expect((await ben.api.search.find({ query: { q: 'secretplan' } })).items).toEqual([])
    expect(await ben.home()).toEqual([])
    expect(await ben.notifications()).toEqual([])
  })

  test('is edited, moved and published now', async () => {
    const [ana] = await system.people('e.ana')
    const { scheduled_id } = await schedule(ana, { caption: 'first' }, 2 * DAY)
    const params = { scheduled_id }
    const publish_at = inSeconds(3 * DAY)
    const body = { caption: 'second', publish_at, likes_hidden: true }
    expect(await ana.api.scheduled.edit({ params, body })).toMatchObject(body)
    await pass(2 * DAY, ana)
    expect(await postsOf(ana)).toEqual([])
    const { post_id } = await ana.api.scheduled.publish({ params })
    await system.settle()
    expect(await postsOf(ana)).toMatchObject([{ post_id, caption: 'second', likes_hidden: true }])
    await expect(ana.api.scheduled.publish({ params })).rejects.toMatchObject(notFound)
    await pass(DAY, ana)
    expect(await postsOf(ana)).toHaveLength(1)
  })

  test('that is published before its files are ready follows them', async () => {
    await using api = await startSystem({ env: { ROLES: 'api' } })
    const [ana] = await api.people('early.ana')
    const upload_ids = await ana.upload([await tiny()])
    const publish_at = new Date(api.clock.now() + HOUR * 1000).toISOString()
    const { scheduled_id } = await ana.api.scheduled.create({ body: { upload_ids, publish_at } })
    expect(await ana.api.scheduled.publish({ params: { scheduled_id } })).toEqual({ post_id: null })
    await tick(api)
    expect(await postsOf(ana)).toEqual([])
    await using worker = await startSystem({ beside: api, env: { ROLES: 'worker' } })
    await worker.settle()
    await tick(worker)
    expect(await postsOf(ana)).toHaveLength(1)
  })

  test('is deleted with its files', async () => {
    const [ana] = await system.people('d.ana')
    const before = await system.storedKeys()
    const made = await schedule(ana)
    await pass(0)
    await ana.api.scheduled.delete({ params: made })
    await pass(HOUR, ana)
    expect(await list(ana)).toEqual([])
    expect(await postsOf(ana)).toEqual([])
    await system.pass(2 * DAY)
    await system.system.schedules
      .find(({ name }) => name === 'media.collect')
      ?.run(new AbortController().signal)
    expect(await system.storedKeys()).toEqual(before)
  })

  test.each([
    ['a time that is over', -1],
    ['no time ahead', 0],
    ['76 days', 76 * DAY],
  ])('is not taken for %s', async (_, seconds) => {
    const [ana] = await system.people(`r${seed}.ana`)
    await expect(schedule(ana, {}, seconds)).rejects.toMatchObject({ code: 'schedule_out_of_range' })
    expect(await list(ana)).toEqual([])
  })

  test('is refused at once for what a post is refused for, and uses nothing up', async () => {
    const [ana] = await system.people('w.ana')
    const tags = Array.from({ length: 31 }, (_, n) => `#tag${n}`).join(' ')
    await expect(schedule(ana, { caption: tags })).rejects.toMatchObject({ code: 'too_many_tags' })
    const people = [{ username: 'nobody.at.all', picture: 0, x: 0.5, y: 0.5 }]
    await expect(schedule(ana, { people })).rejects.toMatchObject({ code: 'person_not_found' })
    const upload_ids = await ana.upload([await tiny()])
    const body = { upload_ids, publish_at: inSeconds(HOUR) }
    await ana.api.scheduled.create({ body })
    await expect(ana.api.scheduled.create({ body })).rejects.toMatchObject({ code: 'upload_already_used' })
    await expect(ana.api.posts.confirm({ body: { upload_ids } })).rejects.toMatchObject({
      code: 'upload_already_used',
    })
  })

  test('is made once by two attempts under one key', async () => {
    const [ana] = await system.people('k.ana')
    const body = { upload_ids: await ana.upload([await tiny()]), publish_at: inSeconds(HOUR) }
    const headers = { 'idempotency-key': 'one-and-the-same' }
    const [one, two] = [
      await ana.api.scheduled.create({ body, headers }),
      await ana.api.scheduled.create({ body, headers }),
    ]
    expect(one.scheduled_id).toBe(two.scheduled_id)
    expect(await list(ana)).toHaveLength(1)
  })

  test('is one of a hundred at most, however many come at once', async () => {
    const [ana] = await system.people('m.ana')
    await sql`
      insert into scheduled_posts (author_id, scheduled_id, publish_at, body, media_ids)
      select ${ana.id}::uuid, gen_random_uuid(), ${inSeconds(DAY)}::timestamptz, '{}', '{}' from generate_series(1, 99)`.execute(
      system.engines.db.query,
    )
    const outcomes = await Promise.allSettled([schedule(ana), schedule(ana), schedule(ana)])
    const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))
    expect(refused).toEqual(['too_many_scheduled', 'too_many_scheduled'])
  })
})

describe('when its time has come', () => {
  test('many processes publish it once', async () => {
    const [ana, ben] = await system.people('t.ana', 't.ben')
    await ben.follow(ana)
    for (let n = 0; n < 6; n++) await schedule(ana, { caption: `number ${n}` })
    await system.pass(HOUR)
    for (const one of [ana, ben]) await one.logIn()
    await using beside = await startSystem({ beside: system })
    await Promise.all([tick(), tick(beside), tick(), tick(beside)])
    await system.settle()
    expect(new Set((await postsOf(ana)).map(({ caption }) => caption)).size).toBe(6)
    expect(await postsOf(ana)).toHaveLength(6)
    expect(await ben.home()).toHaveLength(6)
  })

  test('nothing is half done by a process that dies on the way', async () => {
    const [ana] = await system.people('c.ana')
    await schedule(ana, { caption: 'whole #halfway' })
    await system.pass(HOUR)
    await ana.logIn()
    const { query } = system.engines.db
    // What a process does last before it would commit fails: the same as if it were killed anywhere before.
    await sql`drop function if exists refuse_events() cascade`.execute(query)
    await sql`
      create function refuse_events() returns trigger language plpgsql as $$ begin
        if new.type = 'post.published' and new.payload ->> 'author_id' = tg_argv[0] then raise exception 'killed'; end if; return new; end $$`.execute(
      query,
    )
    await sql`create trigger refuse before insert on events for each row execute function refuse_events(${sql.lit(ana.id)})`.execute(
      query,
    )
    await expect(tick()).rejects.toThrow('some scheduled posts wait on')
    expect(await postsOf(ana)).toEqual([])
    expect(await list(ana)).toMatchObject([{ status: 'waiting', media: [{}] }])
    await sql`drop function refuse_events() cascade`.execute(query)
    await tick()
    await system.settle()
    expect(await postsOf(ana)).toMatchObject([{ caption: 'whole #halfway', media: [{}] }])
    expect(await list(ana)).toEqual([])
  })

  test('who is mentioned, tagged and able to is who is by then', async () => {
    const [ana, ben] = await system.people('b.ana', 'b.ben')
    const people = [{ username: 'b.ben', picture: 0, x: 0.5, y: 0.5 }]
    await schedule(ana, { caption: 'hello @b.ben', people })
    await ben.block(ana)
    await pass(HOUR, ana, ben)
    expect(await postsOf(ana)).toEqual([])
    const [failed] = await list(ana)
    expect(failed).toMatchObject({ status: 'failed', failure: { code: 'person_not_found' } })
    expect(await ben.notifications()).toEqual([])
  })

  test('one that is refused by then fails, and waits again once it is mended', async () => {
    const [ana] = await system.people('f.ana')
    const params = await schedule(ana, { caption: 'about a gadget' })
    await owner.logIn()
    await owner.prove()
    await owner.api.moderation.saveWords({ body: { words: [{ word: 'gadget', action: 'refuse' }] } })
    await pass(HOUR, ana)
    expect(await postsOf(ana)).toEqual([])
    expect(await list(ana)).toMatchObject([{ status: 'failed', failure: { code: 'words_refused' } }])
    await system.settle()
    expect(await ana.notifications()).toMatchObject([
      { type: 'schedule_failed', actor: { username: 'f.ana' }, address: '/settings/scheduled' },
    ])
    const { scheduled } = ana.api
    await expect(scheduled.publish({ params })).rejects.toMatchObject({ code: 'words_refused' })
    expect(await scheduled.edit({ params, body: { caption: 'about a lamp' } })).toMatchObject({
      status: 'waiting',
      failure: null,
    })
    await pass(0)
    expect(await postsOf(ana)).toMatchObject([{ caption: 'about a lamp' }])
    await system.settle()
    expect(await ana.notifications()).toEqual([])
  })

  test('a file that cannot be shown is told before it', async () => {
    const [ana] = await system.people('u.ana')
    // Both ends are in place, the middle is noise: only decoding can tell.
    const { bytes } = await photo(9, { format: 'png' })
    bytes.fill(0x41, bytes.length >> 2, bytes.length >> 1)
    const made = await schedule(ana, { photos: [photoOf(bytes, 'image/png')] })
    await pass(HOUR, ana)
    const [failed] = await list(ana)
    expect(failed).toMatchObject({ status: 'failed', media: [], scheduled_id: made.scheduled_id })
    await expect(ana.api.scheduled.publish({ params: made })).rejects.toMatchObject({
      code: failed?.failure?.code,
    })
    await pass(0)
    expect(await postsOf(ana)).toEqual([])
  })

  test('nothing of a member who is gone is published', async () => {
    const [ana] = await system.people('g.ana')
    const made = await schedule(ana)
    await pass(0)
    await ana.leave()
    await pass(40 * DAY)
    const { rows } = await sql`
      select from scheduled_posts where scheduled_id = ${made.scheduled_id}`.execute(system.engines.db.query)
    const { rows: posts } = await sql`select from posts where author_id = ${ana.id}`.execute(
      system.engines.db.query,
    )
    expect([rows.length, posts.length]).toEqual([0, 0])
  })
})
