import { type FeatureName, type Features, featureNames, hashOf, termsOf } from './features.ts'

const BUCKETS = 4096

/** A logistic regression: how much each thing speaks for spam (log odds). What is counted never speaks against it; words may. */
export interface SpamModel {
  /** 0: as it ships. */
  version: number
  bias: number
  features: Features
  /** By bucket of the hashed term; those that are not 0. */
  terms: Readonly<Record<number, number>>
}

export interface Reason {
  /** A feature, or `term:` and what was said. */
  what: string
  /** Log odds. */
  weight: number
}

export interface Verdict {
  /** 0 to 100, rounded down. */
  score: number
  version: number
  /** What spoke for it or against it, the strongest first. */
  reasons: Reason[]
  features: Features
}

/** What advertisers write in every community, by our own choice. Moderators' decisions weigh against it. */
const usual = [
  'free followers',
  'followers',
  'giveaway',
  'crypto',
  'bitcoin',
  'forex',
  'investment',
  'invest',
  'profit',
  'earn money',
  'make money',
  'casino',
  'betting',
  'loan',
  'viagra',
  'onlyfans',
  'click here',
  'link in',
  'promo code',
  'dm me',
  'dm us',
  'cheap',
  'discount',
  'guaranteed',
  'sugar daddy',
  'hot singles',
]
const USUAL = 1.2

const bucketOf = (term: string): number => hashOf(term) % BUCKETS

/** So that a community of new members who send each other addresses holds nothing, and a new account that advertises everywhere is. */
export const prior: SpamModel = {
  version: 0,
  bias: -4.5,
  features: {
    links: 1.6,
    contacts: 1.4,
    repeated: 1.3,
    rate: 1,
    new_account: 1.2,
    mentions: 0.4,
    shouting: 0.7,
    heaps: 0.3,
    disguised: 2,
  },
  terms: Object.fromEntries(usual.map((term) => [bucketOf(term), USUAL])),
}

/** Long texts have more words, not more of a say. */
const say = (terms: readonly string[]): number => 1 / Math.sqrt(Math.max(4, terms.length) / 4)

const REASONS = 6

export function judge(model: SpamModel, text: string, features: Features): Verdict {
  const terms = termsOf(text)
  const part = say(terms)
  const reasons: Reason[] = [
    ...featureNames.map((what) => ({ what, weight: model.features[what] * features[what] })),
    ...terms.map((term) => ({ what: `term:${term}`, weight: (model.terms[bucketOf(term)] ?? 0) * part })),
  ].filter(({ weight }) => weight !== 0)
  const odds = reasons.reduce((sum, { weight }) => sum + weight, model.bias)
  return {
    score: Math.floor(100 * sigmoid(odds)),
    version: model.version,
    reasons: reasons.toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, REASONS),
    features,
  }
}

const sigmoid = (odds: number): number => 1 / (1 + Math.exp(-odds))

/** A text that moderators have decided about. */
export interface Example {
  text: string
  features: Features
  isSpam: boolean
}

/** Of each kind; with fewer what ships is better than what they say. */
const ENOUGH = 5
const ROUNDS = 200
const RATE = 0.5
/** How much a weight resists: as if so many examples spoke for what ships. */
const PULL = 4

/**
 * The likeliest weights after what moderators decided, where those that ship are what was believed before (a normal prior around them).
 * Both kinds weigh the same, however many there are of each; how rare spam is stays as believed, as of what comes before moderators half may
 * be. Undefined where there are too few.
 */
export function train(examples: readonly Example[], version: number): SpamModel | undefined {
  const spam = examples.filter(({ isSpam }) => isSpam).length
  const ham = examples.length - spam
  if (spam < ENOUGH || ham < ENOUGH) return undefined
  const seen = examples.map(({ text, features, isSpam }) => {
    const terms = termsOf(text)
    const weight = examples.length / (2 * (isSpam ? spam : ham))
    return { features, isSpam, weight, part: say(terms), buckets: terms.map(bucketOf) }
  })
  const { bias } = prior
  const features: Features = { ...prior.features }
  const terms = new Map(Object.entries(prior.terms).map(([bucket, weight]) => [Number(bucket), weight]))
  for (let round = 0; round < ROUNDS; round++) {
    const pull = (weight: number, from: number) => (PULL * (weight - from)) / examples.length
    const steps = { features: zero(), terms: new Map<number, number>() }
    for (const name of featureNames) steps.features[name] = pull(features[name], prior.features[name])
    for (const [bucket, weight] of terms) steps.terms.set(bucket, pull(weight, prior.terms[bucket] ?? 0))
    for (const one of seen) {
      let odds = bias
      for (const name of featureNames) odds += features[name] * one.features[name]
      for (const bucket of one.buckets) odds += (terms.get(bucket) ?? 0) * one.part
      const error = ((sigmoid(odds) - (one.isSpam ? 1 : 0)) * one.weight) / examples.length
      for (const name of featureNames) steps.features[name] += error * one.features[name]
      for (const bucket of one.buckets)
        steps.terms.set(bucket, (steps.terms.get(bucket) ?? 0) + error * one.part)
    }
    for (const name of featureNames)
      features[name] = Math.max(0, features[name] - RATE * steps.features[name])
    for (const [bucket, step] of steps.terms) terms.set(bucket, (terms.get(bucket) ?? 0) - RATE * step)
  }
  const kept = [...terms].filter(([, weight]) => Math.abs(weight) > 0.01)
  return { version, bias, features, terms: Object.fromEntries(kept) }
}

const zero = (): Features =>
  Object.fromEntries(featureNames.map((name) => [name, 0])) as Record<FeatureName, number>
