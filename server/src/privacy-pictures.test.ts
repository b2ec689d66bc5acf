import { type Person, photo, startSystem, type TestSystem } from '@tintype/testkit'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/** Who gets at the files of pictures, by whatever link. */
let system: TestSystem
beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system[Symbol.asyncDispose]())

test('pictures of an account that goes private can no longer be fetched by their old links', async () => {
  const [ann, bo] = await system.people('ann.goes', 'bo.follows')
  await bo.follow(ann)
  const post = await ann.share()
  await system.settle()
  const links = async (person: Person) =>
    (await person.post(post.post_id)).media.flatMap((media) => [
      media.url,
      ...media.variants.map((v) => v.url),
    ])
  const statuses = (urls: string[]) =>
    Promise.all(urls.map(async (url) => (await fetch(new URL(url, system.baseUrl))).status))
  const before = await links(bo)
  expect(new Set(await statuses(before))).toEqual(new Set([200]))
  await ann.goPrivate()
  expect(new Set(await statuses(before))).toEqual(new Set([404]))
  expect(new Set(await statuses(await links(bo)))).toEqual(new Set([200]))
  const { media_id = '' } = (await bo.post(post.post_id)).media[0] ?? {}
  // What leads to a rendition does not lead to the original.
  const rights = (await links(bo)).map((url) => new URL(url, system.baseUrl).search)
  expect(new Set(await statuses(rights.map((right) => `/media/${media_id}/original${right}`)))).toEqual(
    new Set([404]),
  )
  await ann.delete(post)
  await system.settle()
})

describe('a picture is seen only by what it is attached to says', () => {
  let round = 0
  const statusOf = async (url: string, base: string) => (await fetch(new URL(url, base))).status
  const ways = {
    'a post': async (owner: Person) => {
      const { post_id } = await owner.share()
      await system.settle()
      return (await owner.post(post_id)).media[0]?.url ?? ''
    },
    'an avatar': async (owner: Person) => {
      const [avatar_upload_id] = await owner.upload([await photo(77)])
      await owner.api.members.update({ body: { avatar_upload_id } })
      await system.settle()
      return (await owner.api.members.me()).profile_picture ?? ''
    },
  }
  const changes = {
    'to nothing': sql`subject_kind = null, subject_id = null, subject_partition = null`,
    'to a kind that nobody serves': sql`subject_kind = 'poem'`,
    'for a purpose that its kind does not state': sql`purpose = 'poster'`,
    'to something that has expired': sql`expires_at = ${new Date(0)}`,
  }
  const cases = Object.keys(ways).flatMap((way) => Object.keys(changes).map((change) => [way, change]))

  test.each(cases as [keyof typeof ways, keyof typeof changes][])('of %s, %s', async (way, change) => {
    const [owner] = await system.people(`keeper.${++round}`)
    const url = await ways[way](owner)
    const [, id = ''] = /media\/([^/]+)/.exec(url) ?? []
    expect(await statusOf(url, system.baseUrl)).toBe(200)
    await sql`update media set ${changes[change]} where media_id = ${id}`.execute(system.engines.db.query)
    // As a process that has not seen it before answers.
    await using other = await startSystem({ beside: system })
    expect(await statusOf(url, other.baseUrl)).toBe(404)
    const original = `/api/v1/media/${id}/original`
    const headers = { authorization: `Bearer ${owner.session.access_token}` }
    expect((await fetch(new URL(original, other.baseUrl), { headers })).status).toBe(404)
  })
})
