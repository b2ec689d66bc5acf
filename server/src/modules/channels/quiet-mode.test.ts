import type { Person } from '@tintype/testkit'
import type { Browser } from '@tintype/testkit/push-host'
import { type PushScene, startPushScene } from '@tintype/testkit/push-scene'
import { afterAll, beforeAll, expect, test } from 'vitest'

let scene: PushScene
let { system, host } = {} as PushScene
beforeAll(async () => {
  scene = await startPushScene()
  ;({ system, host } = scene)
})
afterAll(() => scene[Symbol.asyncDispose]())

const browserOf = (person: Person) => host.browserOf(person)
const pass = (seconds = 30) => system.pass(seconds)
const bodies = (browser: Browser) => browser.received.map(({ note }) => String(note.body))
async function shared(author: Person) {
  const post = await author.share()
  await system.settle()
  return post
}

test('in quiet mode nothing is told, and no count is shown, until it is over or ended', async () => {
  const [ana, ben] = await system.people('q.eva', 'q.fay')
  const browser = await browserOf(ana)
  const [one, two, three] = [await shared(ana), await shared(ana), await shared(ana)]
  const told = (text: string) => bodies(browser).filter((body) => body.endsWith(text)).length
  const turn = (minutes: number | null) => {
    const quiet_until =
      minutes === null ? null : new Date(system.clock.now() + minutes * 60_000).toISOString()
    return ana.api.preferences.change({ body: { quiet_until } })
  }
  const { quiet_until } = await turn(120)
  expect((await ana.api.members.me()).quiet?.until).toBe(quiet_until)
  await ben.comment(one, 'meanwhile')
  await pass(600)
  expect(browser.received).toEqual([])
  // Ended before its time: what waited is told now, not at the end that it waited for.
  await turn(null)
  expect((await ana.api.members.me()).quiet).toBeUndefined()
  await pass(60)
  expect(told('meanwhile')).toBe(1)
  // What is taken away meanwhile leaves no count on the icon.
  await ben.like(two)
  await pass(60)
  await turn(60)
  await ben.unlike(two)
  await pass(1)
  expect(browser.received.at(-1)?.note).toMatchObject({ action: 'close', badge: 0 })
  // It ends by itself.
  await ben.comment(three, 'at last')
  await pass(3000)
  expect(told('at last')).toBe(0)
  await pass(900)
  expect(told('at last')).toBe(1)
})

test.each([
  ['past', -1],
  ['in more than four weeks', 28 * 24 * 60 + 1],
])('quiet mode that ends at a time %s is refused, and nothing is kept', async (_, minutes) => {
  const [ana] = await system.people(`q.end${Math.abs(minutes)}`)
  const quiet_until = new Date(system.clock.now() + minutes * 60_000).toISOString()
  await expect(ana.api.preferences.change({ body: { quiet_until } })).rejects.toMatchObject({
    code: 'quiet_end_invalid',
  })
  expect((await ana.api.preferences.get()).quiet_until).toBeNull()
})

test('after how much time a day one is reminded is kept, and said in one’s own record', async () => {
  const [ana] = await system.people('q.time')
  const change = (daily_reminder: unknown) =>
    ana.api.preferences.change({ body: { daily_reminder } as never })
  const said = async () => (await ana.api.members.me()).daily_reminder
  expect((await ana.api.preferences.get()).daily_reminder).toBeNull()
  expect(await said()).toBeUndefined()
  expect(await change(45)).toMatchObject({ daily_reminder: 45 })
  await expect(change(20)).rejects.toMatchObject({ code: 'validation_failed' })
  expect(await said()).toBe(45)
  expect(await change(null)).toMatchObject({ daily_reminder: null })
  expect(await said()).toBeUndefined()
})

test('in quiet hours nothing is told, and afterwards what is still new', async () => {
  const [ana, ben] = await system.people('q.ana', 'q.ben')
  const browser = await browserOf(ana)
  const at = new Date(system.clock.now())
  const hour = (add: number) => `${String((at.getUTCHours() + add) % 24).padStart(2, '0')}:00`
  const quiet_hours = { enabled: true, from: hour(0), to: hour(1) }
  expect(await ana.api.preferences.change({ body: { quiet_hours, time_zone: 'UTC' } })).toMatchObject({
    quiet_hours,
  })
  const [kept, undone] = [await shared(ana), await shared(ana)]
  await ben.comment(kept, 'later')
  await ben.like(undone)
  await pass()
  await ben.unlike(undone)
  await pass()
  expect(browser.received).toEqual([])
  system.clock.advance(3_500_000)
  await system.settle()
  expect(bodies(browser)).toEqual(['q.ben commented: later'])
  await expect(ana.api.preferences.change({ body: { time_zone: 'Mars/Olympus' } })).rejects.toMatchObject({
    code: 'time_zone_unknown',
  })
})
