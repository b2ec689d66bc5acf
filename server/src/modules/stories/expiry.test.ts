import { startSystem, type TestSystem } from '@tintype/testkit'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { after, code, DAY, fetched, HOUR, ids, posted, runSchedules } from './scene.suite.ts'

let system: TestSystem
beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system[Symbol.asyncDispose]())

const toArchive = (save_to_archive: boolean) => ({ body: { save_to_archive } })

describe('after 24 hours', () => {
  test('a story is there to the last second and not a millisecond longer, though nothing was cleaned away', async () => {
    const [ana, ben] = await system.people('ana', 'ben')
    await ben.follow(ana)
    const story = await posted(system, ana)
    const link = (await ben.stories(ana))[0]
    await after(system, story, DAY - 1000, ana, ben)
    const [seen] = await ben.stories(ana)
    expect(seen).toMatchObject({ story_id: story.story_id, expires_in: 1 })
    expect(await ben.tray()).toHaveLength(1)
    expect(await ben.api.stories.get({ params: story })).toMatchObject({ expires_in: 1 })
    expect(await fetched(system, seen)).toEqual({ status: 200, seconds: 1 })
    await after(system, story, DAY)
    expect([await ben.stories(ana), await ben.tray()]).toEqual([[], []])
    await expect(ben.api.stories.get({ params: story })).rejects.toMatchObject(code('not_found'))
    await expect(ben.viewStory(story)).rejects.toMatchObject(code('not_found'))
    for (const old of [seen, link]) expect((await fetched(system, old)).status).toBe(404)
  })

  test('no cache keeps a picture beyond it', async () => {
    const [cai, dan] = await system.people('cai', 'dan')
    const story = await posted(system, cai)
    expect((await fetched(system, (await dan.stories(cai))[0])).seconds).toBe(3600)
    await after(system, story, DAY - 60_000, dan)
    expect((await fetched(system, (await dan.stories(cai))[0])).seconds).toBe(60)
  })

  test('its author keeps it in the archive, with its picture, and nobody else does', async () => {
    const [eve, fay] = await system.people('eve', 'fay')
    const story = await posted(system, eve)
    await fay.viewStory(story)
    await after(system, story, DAY + HOUR, eve, fay)
    await runSchedules(system)
    const { items } = await eve.api.stories.archive()
    expect(items).toMatchObject([{ story_id: story.story_id, expires_in: 0, views_count: 1 }])
    expect((await fetched(system, items[0])).status).toBe(200)
    expect(await eve.stories(eve)).toEqual([])
    expect((await fay.api.stories.archive()).items).toEqual([])
    await expect(fay.api.stories.get({ params: story })).rejects.toMatchObject(code('not_found'))
  })

  test('without the archive all of it is gone from the store by the 25th hour, and nothing else', async () => {
    const [gus, hal] = await system.people('gus', 'hal')
    await gus.api.stories.changeSettings(toArchive(false))
    const before = await system.storedKeys()
    const many = [await posted(system, gus), await posted(system, gus), await posted(system, gus)]
    const [first, second, third] = many as [(typeof many)[0], (typeof many)[0], (typeof many)[0]]
    for (const story of many) await hal.viewStory(story)
    await gus.api.stories.delete({ params: second })
    await gus.api.highlights.create({ body: { title: 'Kept', story_ids: [third.story_id] } })
    expect((await system.storedKeys()).length).toBeGreaterThan(before.length)
    // As the scheduler runs them, from a moment before its end on.
    for (let minute = -10; minute <= 55; minute += 5) {
      await after(system, first, DAY + minute * 60_000)
      await runSchedules(system)
    }
    await gus.logIn()
    expect(ids((await gus.api.stories.archive()).items)).toEqual([third.story_id])
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from story_views where story_id = ${first.story_id}`.execute(
      system.engines.db.query,
    )
    expect(rows).toEqual([{ count: 0 }])
    // What is left belongs to the one that a highlight keeps.
    await gus.api.stories.delete({ params: third })
    await system.settle()
    system.clock.advance(HOUR)
    await runSchedules(system)
    expect(await system.storedKeys()).toEqual(before)
  })
})

test('the archive has this day of earlier years, as the calendar of one’s zone has it', async () => {
  const [ida] = await system.people('ida')
  // A winter evening in Berlin, a winter day in UTC.
  const at = (text: string) => system.clock.advance(Date.parse(text) - system.clock.now())
  const year = new Date(system.clock.now()).getUTCFullYear() + 1
  at(`${year}-03-04T23:30:00Z`)
  await ida.logIn()
  const late = await posted(system, ida)
  at(`${year}-03-05T12:00:00Z`)
  await ida.logIn()
  const noon = await posted(system, ida)
  at(`${year + 1}-03-05T08:00:00Z`)
  await ida.logIn()
  await posted(system, ida)
  const onThisDay = async (time_zone?: string) => {
    const query = { on_this_day: true, ...(time_zone && { time_zone }) }
    return ids((await ida.api.stories.archive({ query })).items)
  }
  expect(await onThisDay()).toEqual([noon.story_id])
  expect(await onThisDay('Europe/Berlin')).toEqual([noon.story_id, late.story_id])
  expect(await onThisDay('America/Los_Angeles')).toEqual([noon.story_id])
  await expect(onThisDay('Mars/Olympus')).rejects.toMatchObject(code('validation_failed'))
  const all: string[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await ida.api.stories.archive({ query: { limit: 1, ...(cursor && { cursor }) } })
    all.push(...ids(page.items))
    cursor = page.next_cursor
  }
  expect(all).toHaveLength(3)
})
