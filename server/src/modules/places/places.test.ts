import type { Person } from '@tintype/testkit'
import { startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { World } from './place-map.ts'
import { Towns } from './towns.ts'

let system: TestSystem
let ana: Person
let ben: Person
beforeAll(async () => {
  system = await startSystem()
  ;[ana, ben] = await system.people('ana', 'ben')
})
afterAll(() => system[Symbol.asyncDispose]())

const post = async (by: Person, name: string, at?: { lat: number; lon: number }) => {
  const { post_id } = await by.share({ location: { name, ...at } })
  await system.settle()
  return post_id
}
const postsAt = async (who: Person, place: string) =>
  (await who.api.places.posts({ params: { place } })).items.map((item) => item.post_id)

describe('the page of a place', () => {
  test('has its posts however its name is written, newest first, and a map where one has a position', async () => {
    const first = await post(ana, 'São Bento')
    const second = await post(ben, 'sao  bento', { lat: 41.146, lon: -8.61 })
    for (const place of ['São Bento', 'SAO BENTO', ' são bento '])
      expect(await postsAt(ana, place)).toEqual([second, first])
    const page = await system.visitor().api.places.get({ params: { place: 'São Bento' } })
    expect(page).toMatchObject({ posts_count: 2, place: { lat: 41.146, lon: -8.61 } })
    expect(page.map).toMatchObject({ width: 640, height: 240 })
    expect(page.map?.land).toMatch(/^M[\d.,MLZ-]+$/)
  })

  test('goes on where a page ends', async () => {
    const ids = []
    for (let n = 0; n < 3; n++) ids.unshift(await post(ana, 'Cabo da Roca'))
    const ask = (cursor?: string) =>
      ben.api.places.posts({ params: { place: 'Cabo da Roca' }, query: { limit: 2, cursor } })
    const first = await ask()
    const second = await ask(first.next_cursor ?? '')
    expect([...first.items, ...second.items].map((item) => item.post_id)).toEqual(ids)
    expect(second.next_cursor).toBeNull()
    const elsewhere = { params: { place: 'São Bento' }, query: { cursor: first.next_cursor ?? '' } }
    await expect(ben.api.places.posts(elsewhere)).rejects.toMatchObject({ code: 'bad_cursor' })
  })

  test('is there for those alone who see one of its posts', async () => {
    const [zoe, fan] = await system.people('zoe', 'fan')
    const id = await post(zoe, 'The hidden cove')
    await fan.follow(zoe)
    await zoe.goPrivate()
    await system.settle()
    expect(await postsAt(fan, 'The hidden cove')).toEqual([id])
    const isThere = (who: Person) =>
      who.api.places.get({ params: { place: 'The hidden cove' } }).then(
        ({ posts_count }) => posts_count,
        (error) => error.code,
      )
    expect(await Promise.all([zoe, fan, ben, system.visitor()].map(isThere))).toEqual([
      1,
      1,
      'not_found',
      'not_found',
    ])
    for (const place of ['The hidden cove', 'A cove that nobody has been to'])
      for (const ask of [ben.api.places.get, ben.api.places.posts])
        await expect(ask({ params: { place } })).rejects.toMatchObject({ code: 'not_found' })
  })

  test('loses a post that leaves', async () => {
    const id = await post(ana, 'The old mill')
    await ana.delete({ post_id: id })
    await system.settle()
    const gone = ana.api.places.get({ params: { place: 'The old mill' } })
    await expect(gone).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('suggestions', () => {
  const suggest = async (q: string) =>
    (await ben.api.places.suggest({ query: { q } })).map(({ place }) => place.name)

  test('are what posts have, then towns of the world with their country and position', async () => {
    await post(ana, 'Lisboa Oriente')
    const found = await ben.api.places.suggest({ query: { q: 'lisb' } })
    expect(found[0]).toEqual({ place: { name: 'Lisboa Oriente' }, country: null, posts_count: 1 })
    expect(found[1]).toEqual({
      place: { name: 'Lisbon', lat: expect.closeTo(38.7, 0), lon: expect.closeTo(-9.1, 0) },
      country: 'PT',
      posts_count: 0,
    })
    expect(found.length).toBeLessThanOrEqual(8)
  })

  test('name a town once, and none for a single letter', async () => {
    await post(ana, 'Reykjavík')
    expect((await suggest('reykjav')).filter((name) => name === 'Reykjavík')).toHaveLength(1)
    expect(await suggest('q')).toEqual([])
    expect(await suggest('')).toEqual([])
  })
})

test('towns: a whole name comes before a larger town that only begins so, the larger before the smaller', () => {
  const entry = (name: string, population: number, lat: number) => ({
    folded: name.toLowerCase(),
    population,
    country: 'XX',
    place: { name, lat, lon: 0 },
  })
  const towns = new Towns([
    entry('Portland', 600, 1),
    entry('Porto', 200, 2),
    entry('Porto Alegre', 1400, 3),
    entry('Porta', 9000, 4),
    entry('Post', 10_000, 5),
  ])
  const names = (q: string, limit = 9) => towns.like(q, limit).map(({ place }) => place.name)
  expect(names('porto')).toEqual(['Porto', 'Porto Alegre'])
  expect(names('PORT', 2)).toEqual(['Porta', 'Porto Alegre'])
  expect(names('zz')).toEqual([])
})

test('maps: land on both sides of the date line and at the end of the world', () => {
  const world = new World()
  const hasLand = (lat: number, lon: number) => world.draw({ lat, lon }).land.length > 0
  expect(hasLand(-16.8, 179.9)).toBe(true)
  expect(hasLand(-16.8, -179.9)).toBe(true)
  expect(hasLand(-89, 0)).toBe(true)
  expect(hasLand(-40, -120)).toBe(false)
  const pole = world.draw({ lat: 90, lon: 0 })
  expect(pole.y).toBeGreaterThanOrEqual(0)
})
