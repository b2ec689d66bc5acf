import { startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'

let system: TestSystem
beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system[Symbol.asyncDispose]())

test('whom one’s friends follow come first, with their names; then who posts what one likes, who is popular, who is new', async () => {
  const [ego, f1, f2, f3, shared, single, kin, famous, hidden, asked, newcomer] = await system.people(
    'ego',
    'fay1',
    'fay2',
    'fay3',
    'shared',
    'single',
    'kin',
    'famous',
    'hidden',
    'asked',
    'newcomer',
  )
  const friends = [f1, f2, f3]
  for (const friend of friends) await ego.follow(friend)
  for (const friend of friends) for (const other of [shared, hidden, asked]) await friend.follow(other)
  await f1.follow(single)
  await hidden.block(ego)
  await asked.goPrivate()
  await ego.follow(asked)
  const [nice, hot] = [await kin.share(), await famous.share()]
  await system.settle()
  await ego.like(nice)
  for (const fan of [single, newcomer]) await fan.like(hot)
  await system.settle()
  const suggested = async () => ego.api.members.suggested({ query: { limit: 30 } })
  const all = await suggested()
  expect(all.map(({ username, why }) => [username, why?.kind])).toEqual([
    ['shared', 'mutuals'],
    ['single', 'mutuals'],
    ['kin', 'interests'],
    ['famous', 'popular'],
    ['newcomer', 'new'],
  ])
  expect(all[0]?.why).toEqual({ kind: 'mutuals', names: ['fay3', 'fay2'], others: 1 })
  expect(all[1]?.why).toEqual({ kind: 'mutuals', names: ['fay1'], others: 0 })

  // Dismissed for good; followed, muted or blocked at once.
  await ego.api.explore.dismissSuggestion({ params: shared })
  await ego.api.explore.dismissSuggestion({ params: shared })
  await ego.follow(single)
  await ego.api.graph.mute({ params: kin })
  await ego.block(famous)
  await system.settle()
  expect((await suggested()).map(({ username }) => username)).toEqual(['newcomer'])
  await expect(ego.api.explore.dismissSuggestion({ params: hidden })).rejects.toMatchObject({
    code: 'not_found',
  })
})
