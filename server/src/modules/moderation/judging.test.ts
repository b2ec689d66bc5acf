import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ActId, ModerationSettings, PostId } from '@tintype/contract'
import { type Person, photoOf, scenery, startSystem, type TestSystem } from '@tintype/testkit'
import { announce } from '@tintype/testkit/media/announce'
import { makeClip, quarters } from '@tintype/testkit/media/clips'
import { photograph } from '@tintype/testkit/media/photographs'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { stepsFor } from './judging.ts'
import { act, code, staff } from './scene.suite.ts'

let system: TestSystem
let [owner, mod, ana, ben] = [] as unknown as [Person, Person, Person, Person]
beforeAll(async () => {
  system = await startSystem({ env: { PICTURE_SCORES: 'on' } })
  ;[owner, mod, ana, ben] = await system.people('olga', 'mona', 'ana', 'ben')
  await staff(owner, { moderator: mod })
})
beforeEach(() => set({}))
afterAll(() => system[Symbol.asyncDispose]())

type Steps = Pick<ModerationSettings, 'score_mark' | 'score_queue' | 'score_hold'>
const off: Steps = { score_mark: null, score_queue: null, score_hold: null }
async function set(steps: Partial<Steps>): Promise<void> {
  const settings = await owner.api.moderation.settings()
  await owner.api.moderation.changeSettings({ body: { ...settings, ...off, ...steps } })
}
/** Sacks of coffee, which the program is half sure about: 58 of 100, the highest of the demo's photographs. */
const doubtful = async () => photoOf(await photograph('coffee-sacks'), 'image/jpeg')
async function posted(one: Awaited<ReturnType<typeof doubtful>>) {
  const { post_id } = await ana.share({ photos: [one] })
  await system.settle()
  return post_id
}
const thing = (id: PostId) => ({ kind: 'post' as const, id })
const caseOf = (id: PostId) => mod.api.moderation.case({ params: { kind: 'post', subject_id: id } })
const actsOf = async (id: PostId) =>
  (await ana.api.reports.status()).acts.filter((one) => one.subject_id === id)
const rebuild = async (name: string) => {
  const count = await system.system.rebuilds
    .find((one) => one.name === name)
    ?.run(new AbortController().signal)
  await system.settle()
  return count
}

test('a picture over the threshold is covered, its author is told why and may object; one below it is not', async () => {
  await set({ score_mark: 50 })
  const [covered, plain] = [await posted(await doubtful()), await posted(await scenery(3))]
  expect((await ben.post(covered)).sensitive).toBe(true)
  expect((await ben.post(plain)).sensitive).toBeUndefined()
  const [told] = await actsOf(covered)
  expect(told).toMatchObject({ act: 'mark_sensitive', automatic: true, rule: 'nudity', may_appeal: true })
  expect((await ana.notifications()).some((one) => one.type === 'moderation')).toBe(true)
  expect((await ana.api.reports.status()).strikes).toBe(0)
  // Granted, it stays uncovered, whoever tells of the score again.
  const act_id = told?.act_id as ActId
  await ana.api.reports.appeal({ params: { act_id }, body: { text: 'Coffee.' } })
  await mod.api.moderation.decideAppeal({ params: { act_id }, body: { granted: true } })
  await rebuild('picture-scores')
  expect((await ben.post(covered)).sensitive).toBeUndefined()
})

test('moderators see the score and what it is made of', async () => {
  await set({ score_queue: 50 })
  const post_id = await posted(await doubtful())
  expect((await ben.post(post_id)).sensitive).toBeUndefined()
  const found = await caseOf(post_id)
  expect(found).toMatchObject({
    state: 'open',
    reports: [{ automatic: true, reporter: null, reason: 'nudity' }],
  })
  const [score] = found.scores
  expect(score?.score).toBeGreaterThanOrEqual(50)
  expect(score?.shares.hentai).toBeGreaterThan(score?.shares.neutral ?? 1)
  // Dismissed, the same picture does not come again.
  await mod.api.moderation.dismiss({ body: { cases: [{ kind: 'post', subject_id: post_id }] } })
  await rebuild('picture-scores')
  expect((await caseOf(post_id)).state).toBe('closed')
})

test('what is held nobody but its author sees, until a moderator has looked and lets it stand', async () => {
  await set({ score_mark: 50, score_hold: 50 })
  const post_id = await posted(await doubtful())
  expect(await code(ben.post(post_id))).toBe('not_found')
  expect((await ana.post(post_id)).status).toBe('removed')
  expect((await actsOf(post_id)).map((one) => one.act)).toEqual(['hold'])
  expect((await ana.api.reports.status()).strikes).toBe(0)
  await mod.api.moderation.dismiss({ body: { cases: [{ kind: 'post', subject_id: post_id }] } })
  await system.settle()
  const shown = await ben.post(post_id)
  expect([shown.status, shown.sensitive]).toEqual(['published', undefined])
})

test('what is held is removed, or covered and shown, as the moderator decides', async () => {
  await set({ score_hold: 50 })
  const [removed, covered] = [await posted(await doubtful()), await posted(await doubtful())]
  await act(mod, thing(removed), 'remove')
  await act(mod, thing(covered), 'mark_sensitive')
  await system.settle()
  expect(await code(ben.post(removed))).toBe('not_found')
  expect(await ben.post(covered)).toMatchObject({ status: 'published', sensitive: true })
  expect((await caseOf(removed)).acts.filter((one) => !one.lifted_at).map((one) => one.act)).toEqual([
    'remove',
  ])
})

test('older pictures are scored by a command, once; switched off, nothing is looked at', async () => {
  const post_id = await posted(await doubtful())
  const scores = async () =>
    (
      await sql<{ score: number }>`select score from media_scores join media using (media_id)
      where subject_id = ${post_id}`.execute(system.engines.db.query)
    ).rows
  expect(await scores()).toEqual([])
  expect(await rebuild('picture-scores')).toBe(0)
  await set({ score_mark: 50 })
  expect(await rebuild('picture-scores')).toBe(1)
  expect(await scores()).toHaveLength(1)
  expect((await ben.post(post_id)).sensitive).toBe(true)
  expect(await rebuild('picture-scores')).toBe(0)
})

test('frames of a film are looked at, and where the deciding one stands is known', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tintype-scores-'))
  try {
    await set({ score_mark: 100 })
    const path = join(folder, 'film.mp4')
    await makeClip(path, { film: quarters(320, 240), seconds: 1 })
    const { post_id } = await ana.share({ photos: [announce(await readFile(path), 'video/mp4')] })
    await system.settle()
    const { rows } = await sql<{ at_ms: number }>`
      select at_ms from media_scores join media using (media_id) where subject_id = ${post_id}`.execute(
      system.engines.db.query,
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]?.at_ms).toBeLessThan(1000)
  } finally {
    await rm(folder, { recursive: true })
  }
})

test.each([
  [{ mark: 50, queue: null, hold: null }, 50, { canCover: true, canHold: true }, ['mark']],
  [{ mark: 50, queue: null, hold: null }, 49, { canCover: true, canHold: true }, []],
  // A story has no cover, an avatar neither that nor a hold: moderators look instead.
  [{ mark: 50, queue: null, hold: null }, 60, { canCover: false, canHold: true }, ['queue']],
  [{ mark: 50, queue: 70, hold: 90 }, 75, { canCover: true, canHold: true }, ['queue', 'mark']],
  [{ mark: 50, queue: 70, hold: 90 }, 95, { canCover: true, canHold: true }, ['queue', 'hold']],
  [{ mark: null, queue: null, hold: 90 }, 95, { canCover: false, canHold: false }, ['queue']],
])('of %o at %i follows, where %o: %o', (steps, score, can, follow) => {
  expect(stepsFor(steps, score, can)).toEqual(follow)
})
