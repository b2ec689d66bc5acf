import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Coming, featureNames, featuresOf, likeness, nothingKnown, shinglesOf } from './features.ts'
import { judge, prior, train } from './model.ts'

const DAY = 86_400_000
const known: Coming = { ...nothingKnown, texts: 1 }
const fresh: Coming = { ...known, accountAge: 3_600_000 }
const again = (times: number, coming: Coming = fresh): Coming => ({
  ...coming,
  alike: Array(times).fill(1),
  texts: times + 1,
})
const scoreOf = (text: string, coming = known) => judge(prior, text, featuresOf(text, coming)).score
/** From which score on texts are held unless admins say otherwise. */
const HOLD = 80

test.each([
  ['Love this! Where was it taken?', fresh],
  ['beautiful 😍😍😍', again(6)],
  [
    'We were there last year, photos at https://example.org/alps if you like',
    { ...known, accountAge: 400 * DAY },
  ],
  ['I wrote about this light: https://example.org/fog', fresh],
  ['HAPPY BIRTHDAY DEAR ANNA!!!!!!!', fresh],
  ['@ana @ben @cleo look at this one', fresh],
  ['Call me when you are in town, +49 170 1234567', fresh],
  ['Is there a discount for members of the club?', { ...known, accountAge: 40 * DAY }],
  ['Good morning to all of you from the mountains', { ...again(20), texts: 30 }],
  ['素敵な写真ですね、どこで撮りましたか', fresh],
  ['Красиво! Где это снято?', fresh],
  ['Thanks to all of you who came to the exhibition yesterday, it was a joy', again(1)],
])('ham: %s', (text, coming) => {
  expect(scoreOf(text, coming)).toBeLessThan(HOLD)
})

test.each([
  ['Free followers! Click here https://get-fans.example and https://fans.example', fresh],
  ['Make money with crypto, guaranteed profit, whatsapp +1 555 010 9999', fresh],
  [
    'CHEAP BITCOIN INVESTMENT GUARANTEED, join telegram now www.coins.example',
    { ...known, accountAge: 5 * DAY },
  ],
  ['Visit my new shop for the best lamps of the season www.lamps.example', again(3)],
  ['Hello dear, I saw your wonderful profile and want to talk, mail me at a@b.example', again(3)],
  ['Сasinо bonus fоr everybody at http://win.example, cheap betting', fresh],
  ['dm us for promo code https://deal.example https://deal2.example', fresh],
])('spam: %s', (text, coming) => {
  expect(scoreOf(text, coming)).toBeGreaterThanOrEqual(HOLD)
})

const count = fc.nat({ max: 3 })
const text = fc.lorem({ maxCount: 12 })
const cases = fc.record({ text, age: fc.nat({ max: 400 * DAY }), texts: fc.nat({ max: 30 }) })

test('one link, repetition, text of the hour or day of youth more never lowers a score', () => {
  fc.assert(
    fc.property(cases, count, count, (one, links, alike) => {
      const score = (more: { links?: number; alike?: number; texts?: number; age?: number } = {}) => {
        const said = one.text + ' https://a.example'.repeat(links + (more.links ?? 0))
        const coming = {
          alike: Array(alike + (more.alike ?? 0)).fill(0.8),
          texts: one.texts + (more.texts ?? 0),
          accountAge: Math.max(0, one.age - (more.age ?? 0)),
        }
        return scoreOf(said, coming)
      }
      const before = score()
      for (const more of [{ links: 1 }, { alike: 1 }, { texts: 5 }, { age: DAY }])
        expect(score(more)).toBeGreaterThanOrEqual(before)
    }),
  )
})

test('reasons name what spoke for it, the strongest first, and add up', () => {
  const said = 'Free followers at https://a.example'
  const { reasons, score } = judge(prior, said, featuresOf(said, fresh))
  expect(reasons[0]?.what).toBe('links')
  expect(reasons.map(({ what }) => what)).toContain('term:free followers')
  const odds = reasons.reduce((sum, { weight }) => sum + weight, prior.bias)
  expect(Math.floor(100 / (1 + Math.exp(-odds)))).toBe(score)
})

test('texts that differ by a name are nearly the same; short ones say what many say', () => {
  const of = (said: string) => shinglesOf(said) as Uint32Array
  const [one, other] = [
    of('visit my shop for the best lamps of the season ana'),
    of('visit my shop for the best lamps of the season ben'),
  ]
  expect(likeness(one, one)).toBe(1)
  expect(likeness(one, other)).toBeGreaterThan(0.5)
  expect(likeness(one, of('what a lovely morning down there by the river'))).toBe(0)
  expect(shinglesOf('so beautiful 😍')).toBeUndefined()
})

const example = (said: string, isSpam: boolean) => ({
  text: said,
  isSpam,
  features: featuresOf(said, nothingKnown),
})
const lamps = (n: number) => example(`lovely lamps number ${n}, ask for lamps https://l${n}.example`, true)
const talk = (n: number) => example(`lovely evening number ${n}, thanks https://t${n}.example`, false)
const several = <T>(make: (n: number) => T, most = 8) => Array.from({ length: most }, (_, n) => make(n))

test('what moderators decided is learned: words of their spam speak for it, words of what they let stand against it', () => {
  const model = train([...several(lamps), ...several(talk)], 1)
  if (!model) throw new Error('nothing learned')
  const score = (said: string, by = model) => judge(by, said, featuresOf(said, fresh)).score
  const [spam, ham] = [
    'cheap lamps here, lamps https://x.example',
    'thanks for the evening https://y.example',
  ]
  expect(score(spam)).toBeGreaterThan(score(spam, prior))
  expect(score(ham)).toBeLessThan(score(spam) / 2)
  const { reasons } = judge(model, ham, featuresOf(ham, fresh))
  expect(reasons.find(({ what }) => what === 'term:evening')?.weight).toBeLessThan(0)
  expect(model.version).toBe(1)
})

test('a few decisions change nothing, and none makes what is counted speak for a text', () => {
  expect(train([...several(lamps, 4), ...several(talk)], 1)).toBeUndefined()
  const odd = several((n) => example(`https://a.example https://b.example news number ${n}`, false), 30)
  const model = train([...odd, ...several((n) => example(`word ${n}`, true), 30)], 2)
  expect(featureNames.every((name) => (model?.features[name] ?? -1) >= 0)).toBe(true)
})
