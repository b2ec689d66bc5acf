import type { PostId, UserId } from '@tintype/contract'
import { openTestDb, type TestDb } from '@tintype/testkit/database'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localCache } from '../../engines/cache/suite/local.suite.ts'
import { FakeClock } from '../../kit/clock.ts'
import { newId } from '../../kit/ids.ts'
import { Affinities } from './affinities.ts'
import { addInteractions, type InteractionKind } from './store.ts'

let db: TestDb
beforeAll(async () => {
  db = await openTestDb()
})
afterAll(() => db[Symbol.asyncDispose]())

const DAY = 86_400_000
const FEED_TTL = 300

function scene() {
  const clock = new FakeClock(Date.now())
  const member = newId<UserId>()
  const cache = localCache({ clock })
  const affinities = new Affinities({ db: db.db, cache, clock, feedTtl: FEED_TTL })
  const did = (kind: InteractionKind, author_id: UserId, post_id = newId<PostId>(clock)) =>
    addInteractions(db.db.query, [{ user_id: member, author_id, post_id, kind }])
  const weights = async (...ids: UserId[]) => {
    const found = await affinities.of(member, new Set(ids))
    return ids.map((id) => found.get(id))
  }
  return { clock, did, weights }
}

test('interactions are weighed by author; those of none and of long ago weigh nothing', async () => {
  const { clock, did, weights } = scene()
  const [ann, bob, cid, dot] = Array.from({ length: 4 }, () => newId<UserId>()) as [
    UserId,
    UserId,
    UserId,
    UserId,
  ]
  await did('like', cid)
  clock.advance(91 * DAY)
  const post = newId<PostId>(clock)
  await did('like', ann, post)
  await did('save', ann, post)
  await did('like', ann)
  await did('comment', bob)
  expect(await weights(ann, bob, cid, dot)).toEqual([4, 2, 0, 0])
})

test('authors asked for later are read too, and what was read is believed for a while', async () => {
  const { clock, did, weights } = scene()
  const [ann, bob] = [newId<UserId>(), newId<UserId>()]
  await did('like', ann)
  expect(await weights(ann)).toEqual([1])
  await did('like', ann)
  await did('save', bob)
  expect(await weights(ann, bob)).toEqual([1, 2])
  clock.advance(FEED_TTL * 1000 + 1)
  expect(await weights(ann, bob)).toEqual([2, 2])
})
