import { type CircleId, circleLimits, type UserId } from '@tintype/contract'
import { type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../kit/ids.ts'

let system: TestSystem
beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system[Symbol.asyncDispose]())

const make = async (owner: Person, name: string, ...members: Person[]): Promise<CircleId> => {
  const { circle_id } = await owner.api.circles.create({ body: { name } })
  for (const { username } of members) await owner.api.circles.addMember({ params: { circle_id, username } })
  return circle_id
}
const namesIn = async (owner: Person, circle_id: CircleId) =>
  (await owner.api.circles.members({ params: { circle_id } })).items.map(({ username }) => username)
const refused = (code: string) => expect.objectContaining({ code })

test('a member makes, names and deletes circles, and says who is in them', async () => {
  const [ana, ben, cleo] = await system.people('ana', 'ben', 'cleo')
  await ben.follow(ana)
  const work = await make(ana, 'Work', ben)
  const close = await make(ana, 'close', ben, cleo)
  expect(await ana.api.circles.list()).toEqual([
    { circle_id: close, name: 'close', members_count: 2 },
    { circle_id: work, name: 'Work', members_count: 1 },
  ])
  expect(await namesIn(ana, close)).toEqual(['cleo', 'ben'])
  const params = { circle_id: close, username: 'ben' }
  await ana.api.circles.addMember({ params })
  expect(await namesIn(ana, close)).toEqual(['cleo', 'ben'])
  await ana.api.circles.removeMember({ params })
  await ana.api.circles.removeMember({ params })
  expect(await namesIn(ana, close)).toEqual(['cleo'])
  expect(
    await ana.api.circles.rename({ params: { circle_id: work }, body: { name: '  The  office ' } }),
  ).toEqual({ circle_id: work, name: 'The office', members_count: 1 })
  await ana.api.circles.delete({ params: { circle_id: work } })
  expect((await ana.api.circles.list()).map(({ name }) => name)).toEqual(['close'])
  await expect(ana.api.circles.delete({ params: { circle_id: work } })).rejects.toEqual(refused('not_found'))
  await expect(ana.api.circles.create({ body: { name: '  ' } })).rejects.toEqual(refused('validation_failed'))
  for (const [username, code] of [
    ['ana', 'cannot_target_self'],
    ['nobody.here', 'not_found'],
  ] as const)
    await expect(ana.api.circles.addMember({ params: { circle_id: close, username } })).rejects.toEqual(
      refused(code),
    )
  expect(await ben.api.circles.list()).toEqual([])
})

test('who blocks, is blocked, is removed as a follower or leaves is in no circle any more; who unfollows stays', async () => {
  const [owner, blocked, blocker, removed, gone, unfollows] = await system.people(
    'olga.owns',
    'is.blocked',
    'the.blocker',
    'is.removed',
    'is.gone',
    'unfollows',
  )
  for (const one of [removed, unfollows]) await one.follow(owner)
  const close = await make(owner, 'Close', blocked, blocker, removed, gone, unfollows)
  const other = await make(owner, 'Other', blocked)
  await owner.block(blocked)
  await blocker.block(owner)
  await owner.api.graph.removeFollower({ params: removed })
  await unfollows.unfollow(owner)
  await gone.leave()
  await system.settle()
  expect(await namesIn(owner, close)).toEqual(['unfollows'])
  expect(await namesIn(owner, other)).toEqual([])
  // Nor does lifting the block bring anybody back.
  await owner.api.graph.unblock({ params: blocked })
  expect(await namesIn(owner, other)).toEqual([])
  for (const { username } of [blocker, gone])
    await expect(owner.api.circles.addMember({ params: { circle_id: close, username } })).rejects.toEqual(
      refused('not_found'),
    )
})

test('a block and a place in a circle at one instant do not both stand', async () => {
  const [owner, ...others] = await system.people('races', 'one', 'two', 'three', 'four', 'five')
  const circle_id = await make(owner, 'Close')
  await Promise.allSettled(
    others.flatMap((other, at) => {
      const adding = () => owner.api.circles.addMember({ params: { circle_id, username: other.username } })
      const blocking = () => other.block(owner)
      return at % 2 === 0 ? [adding(), blocking()] : [blocking(), adding()]
    }),
  )
  const { rows } = await sql`select from circle_members where circle_id = ${circle_id}`.execute(
    system.engines.db.query,
  )
  expect(rows).toEqual([])
})

test('circles and their members are bounded, also where many come at once', async () => {
  const [owner, last, later] = await system.people('has.many', 'the.last', 'too.late')
  const made = await Promise.allSettled(
    Array.from({ length: circleLimits.perMember + 3 }, (_, at) => make(owner, `Circle ${at}`)),
  )
  const failed = made.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))
  expect(failed).toEqual(Array(3).fill('too_many_circles'))
  const [{ circle_id } = { circle_id: '' as CircleId }] = await owner.api.circles.list()
  const ids = Array.from({ length: circleLimits.members - 1 }, () => newId<UserId>())
  await sql`
    insert into circle_members (circle_id, member_id, owner_id, entry_id)
    select ${circle_id}, id, ${owner.id}, id from unnest(${ids}::uuid[]) as id`.execute(
    system.engines.db.query,
  )
  const outcomes = await Promise.allSettled(
    [last, later].map(({ username }) => owner.api.circles.addMember({ params: { circle_id, username } })),
  )
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(outcomes.find((one) => one.status === 'rejected')?.reason.code).toBe('circle_full')
})
