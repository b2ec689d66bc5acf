import { openTestDb, type TestDb } from '@tintype/testkit/database'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../kit/ids.ts'
import { Counters } from './counters.ts'
import type { Tx } from './port.ts'

/** Cheers and boos for the songs of a band, and for the band as a whole; each stands as a row of `voices`. */
const songs = new Counters<[band: string, song: string], 'cheers' | 'boos'>({
  counts: 'song_counts',
  journal: 'song_changes',
  key: ['band_id', 'song_id'],
  counted: ['cheers', 'boos'],
})
const bands = new Counters<[band: string], 'cheers' | 'boos'>({
  counts: 'band_counts',
  journal: 'band_changes',
  key: ['band_id'],
  counted: ['cheers', 'boos'],
})
type Kind = 'cheers' | 'boos'
const none = { cheers_count: 0, boos_count: 0 }
type Counted = typeof none

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb({ empty: true, pool: 8 })
  const counts = 'cheers_count integer not null default 0, boos_count integer not null default 0'
  const change = 'actor_id uuid, change_id uuid, cheers integer not null, boos integer not null'
  for (const text of [
    `create table voices (band_id uuid, song_id uuid, user_id uuid, kind text, primary key (band_id, song_id, user_id, kind))`,
    `create table song_counts (band_id uuid, song_id uuid, ${counts}, primary key (band_id, song_id))`,
    `create table song_changes (band_id uuid, song_id uuid, ${change}, primary key (band_id, song_id, actor_id, change_id))`,
    `create table band_counts (band_id uuid primary key, ${counts})`,
    `create table band_changes (band_id uuid, ${change}, primary key (band_id, actor_id, change_id))`,
  ])
    await sql.raw(text).execute(testDb.db.query)
})
afterAll(() => testDb[Symbol.asyncDispose]())

/** Two bands of two songs, and three people, whom no other test knows. */
function stage() {
  const { db } = testDb
  const bandIds = [newId<string>(), newId<string>()] as const
  const places = bandIds.flatMap((band) => [newId<string>(), newId<string>()].map((song) => ({ band, song })))
  const people = [newId<string>(), newId<string>(), newId<string>()] as const

  const note = async (tx: Tx, { band, song }: Place, actor_id: string, by: { [K in Kind]?: number }) => {
    await songs.add(tx, [{ key: [band, song], actor_id, change_id: newId(), by }])
    await bands.add(tx, [{ key: [band], actor_id, change_id: newId(), by }])
  }
  /** Gives a voice, or takes it back; twice is once. */
  const voice = (place: Place, who: string, kind: Kind, by: 1 | -1) => async (tx: Tx) => {
    const { band, song } = place
    const changed =
      by === 1
        ? await sql`insert into voices values (${band}, ${song}, ${who}, ${kind}) on conflict do nothing returning 1`.execute(
            tx,
          )
        : await sql`delete from voices where band_id = ${band} and song_id = ${song} and user_id = ${who}
            and kind = ${kind} returning 1`.execute(tx)
    if (changed.rows.length > 0) await note(tx, place, who, { [kind]: by })
  }
  const rebuild = async (of: readonly string[]) => {
    const tally = sql`count(*) filter (where kind = 'cheers'), count(*) filter (where kind = 'boos')
      from voices where band_id = any(${of}::uuid[])`
    await bands.rebuild(db, of, sql`select band_id, ${tally} group by band_id`)
    await songs.rebuild(db, of, sql`select band_id, song_id, ${tally} group by band_id, song_id`)
  }
  const apply = (of: readonly string[]) => Promise.all([bands.apply(db.query, of), songs.apply(db.query, of)])
  const sweep = async () => {
    await bands.sweep(db.query, (of) => bands.apply(db.query, of))
    await songs.sweep(db.query, (of) => songs.apply(db.query, of))
  }
  /** What is read of all bands and songs. */
  const read = async (actor: string | 'anybody' | null) => {
    const ofBands = await bands.read(db.query, bandIds, actor)
    const ofSongs = await Promise.all(
      places.map(async ({ band, song }) => (await songs.read(db.query, [song], actor, band)).get(song)),
    )
    return [...bandIds.map((id) => ofBands.get(id)), ...ofSongs].map((counts) => counts ?? none)
  }
  const truth = async () => {
    const counts = async (condition: ReturnType<typeof sql>) => {
      const { rows } = await sql<Counted>`
        select count(*) filter (where kind = 'cheers')::int as cheers_count,
               count(*) filter (where kind = 'boos')::int as boos_count
        from voices where ${condition}`.execute(db.query)
      return rows[0] as Counted
    }
    return Promise.all([
      ...bandIds.map((id) => counts(sql`band_id = ${id}`)),
      ...places.map(({ song }) => counts(sql`song_id = ${song}`)),
    ])
  }
  return { db, bandIds, places, people, note, voice, rebuild, apply, sweep, read, truth }
}
type Stage = ReturnType<typeof stage>
interface Place {
  band: string
  song: string
}

const crash = new Error('killed')
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('voice' as const),
      place: fc.nat(3),
      who: fc.nat(2),
      kind: fc.constantFrom('cheers' as const, 'boos' as const),
      by: fc.constantFrom(1 as const, -1 as const),
      dies: fc.nat(4).map((n) => n === 0),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('apply' as const, 'rebuild' as const),
      band: fc.nat(1),
      dies: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sweep' as const) }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** What dies does so at the last moment before its commit. */
async function perform({ db, bandIds, places, people, voice, rebuild, apply, sweep }: Stage, one: Step) {
  const until = async (work: (tx: Tx) => Promise<unknown>, dies: boolean) => {
    const done = db.tx(async (tx) => {
      await work(tx)
      if (dies) throw crash
    })
    await done.catch((error) => expect(error).toBe(crash))
  }
  if (one.do === 'sweep') return sweep()
  if (one.do === 'voice')
    return until(voice(places[one.place] as Place, people[one.who] as string, one.kind, one.by), one.dies)
  const band = bandIds[one.band] as string
  if (one.do === 'rebuild') return rebuild([band])
  return one.dies ? until((tx) => bands.apply(tx, [band]), true) : apply([band])
}

test('any changes, countings, sweeps and rebuilds, at once and some killed, come to the truth', async () => {
  const moments = fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(moments, async (all) => {
      const here = stage()
      for (const moment of all) {
        await Promise.all(moment.map((one) => perform(here, one)))
        expect(await here.read('anybody')).toEqual(await here.truth())
      }
      await here.sweep()
      expect(await here.read(null)).toEqual(await here.truth())
      await here.rebuild(here.bandIds)
      expect(await here.read(null)).toEqual(await here.truth())
    }),
    { numRuns: 30 },
  )
})

test('who made a change reads it counted at once, others when it is', async () => {
  const { db, bandIds, places, people, voice, apply, read } = stage()
  const [ana, ben] = people
  const [place] = places as [Place]
  await db.tx(voice(place, ana, 'cheers', 1))
  await db.tx(voice(place, ben, 'boos', 1))
  expect((await read(ana))[0]).toEqual({ cheers_count: 1, boos_count: 0 })
  expect((await read(ben))[0]).toEqual({ cheers_count: 0, boos_count: 1 })
  expect((await read(null))[0]).toEqual(none)
  expect((await read('anybody'))[0]).toEqual({ cheers_count: 1, boos_count: 1 })
  const { rows } = await sql<{ song: number; band: number }>`
    select ${songs.countFor('cheers', [sql`${place.band}`, sql`${place.song}`], sql`${ana}`)}::int as song,
           ${bands.countFor('cheers', [sql`${place.band}`], sql`${ben}`)}::int as band`.execute(db.query)
  expect(rows).toEqual([{ song: 1, band: 0 }])
  await apply([bandIds[1]])
  expect((await read(null))[0]).toEqual(none)
  await apply([bandIds[0]])
  for (const reader of [ana, ben, null, 'anybody'])
    expect((await read(reader))[0]).toEqual({ cheers_count: 1, boos_count: 1 })
})

test('nothing stays of things that are taken away, be it counted or not', async () => {
  const { db, bandIds, places, people, voice, apply, read } = stage()
  const [ana] = people
  const [first, second] = places as [Place, Place]
  for (const place of [first, second]) await db.tx(voice(place, ana, 'cheers', 1))
  await apply(bandIds)
  for (const place of [first, second]) await db.tx(voice(place, ana, 'boos', 1))
  await db.tx((tx) => songs.drop(tx, first.band, [first.song]))
  await apply(bandIds)
  expect((await read('anybody')).slice(2, 4)).toEqual([none, { cheers_count: 1, boos_count: 1 }])
  await db.tx((tx) => songs.drop(tx, first.band))
  await db.tx((tx) => bands.drop(tx, first.band))
  expect(await read('anybody')).toEqual(Array(6).fill(none))
})

test('a sweep counts all that waits, however much, and stops when told', async () => {
  const { db, places, people, note, read } = stage()
  const [place] = places as [Place]
  await db.tx(async (tx) => {
    await note(tx, place, people[0], { cheers: 2, boos: 1 })
    const others = Array.from({ length: 1200 }, () => newId<string>())
    await bands.add(
      tx,
      others.map((band) => ({ key: [band], actor_id: people[1], change_id: newId(), by: { boos: 1 } })),
    )
    await bands.add(tx, [])
  })
  await bands.sweep(db.query, async () => expect.unreachable(), AbortSignal.abort())
  const sizes: number[] = []
  await bands.sweep(db.query, async (of) => {
    sizes.push(of.length)
    await bands.apply(db.query, of)
  })
  expect(sizes.reduce((sum, size) => sum + size)).toBe(1201)
  expect(Math.max(...sizes)).toBe(500)
  expect((await read(null))[0]).toEqual({ cheers_count: 2, boos_count: 1 })
})
