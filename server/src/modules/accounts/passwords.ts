import { hash, verify } from '@node-rs/argon2'
import { limits, TintypeError } from '@tintype/contract'
import type { ZxcvbnFactory } from '@zxcvbn-ts/core'

/** In place of the hash where an account has no password; something random follows, so that two are never the same. */
export const NO_PASSWORD = 'none:'

/** Runs on libuv's threads; both are native and asynchronous. */
export interface PasswordHasher {
  hash(password: string): Promise<string>
  verify(hashed: string, password: string): Promise<boolean>
}

/** Argon2id; `memoryCost` in KiB, `timeCost` in passes. */
export const hasher = (cost: { memoryCost: number; timeCost: number }): PasswordHasher => ({
  hash: (password) => hash(password.normalize('NFKC'), { algorithm: 2, parallelism: 1, ...cost }),
  verify: (hashed, password) =>
    verify(hashed.startsWith(NO_PASSWORD) ? NOBODYS_HASH : hashed, password.normalize('NFKC')),
})

/** At OWASP's first recommendation: 19 MiB, 2 passes, 1 lane; some 20 ms of one core. */
export const argon2id: PasswordHasher = hasher({ memoryCost: 19_456, timeCost: 2 })

/**
 * What an unknown account's password is compared with, so that it costs what a known one's does. Made at the same cost; of a random
 * text that nobody has.
 */
export const NOBODYS_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$6Cob161SQDfkOc3ApKRXfQ$l2zpCzWRplqJuKRsrJQS3bV0XpwK4SOJZb/cDbo9r/M'

let estimator: Promise<ZxcvbnFactory> | undefined

/** Loaded for the first who chooses a password: the word lists take 8 MB, and most processes' days go by without one. */
async function loadEstimator(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
}

/** Below this many guesses by an attacker who knows the common lists, a password is refused: zxcvbn's score 2 of 4. */
const MIN_SCORE = 2
// The estimate takes time that grows faster than the text; what is strong within so many characters stays so.
const ESTIMATED = 40

/** Rejects with `password_weak` and `details.reason`, a sentence that says why and what to do. `about`: what others know of the member. */
export async function assertStrong(password: string, about: readonly string[]): Promise<void> {
  if (password.length < limits.passwordMin)
    throw weak(
      `It needs at least ${limits.passwordMin} characters. A few words in a row are good and easy to remember.`,
    )
  estimator ??= loadEstimator()
  const { score, sequence } = (await estimator).check(password.slice(0, ESTIMATED), ['tintype', ...about])
  if (score >= MIN_SCORE) return
  const longest = sequence.reduce(
    (a, b) => (b.token.length > a.token.length ? b : a),
    sequence[0] ?? { pattern: '', token: '' },
  )
  throw weak(reasonOf(longest as Weakness))
}

const weak = (reason: string) => new TintypeError('password_weak', { details: { reason } })

interface Weakness {
  pattern: string
  dictionaryName?: string
}

const reasons: Record<string, string> = {
  spatial: 'Keys that lie side by side are among the first things tried.',
  repeat: 'Repeating letters or words adds little.',
  sequence: 'Runs like abc or 6543 are easy to guess.',
  regex: 'Years are easy to guess.',
  date: 'Dates are easy to guess.',
  userInputs: 'It is close to your name, username or e-mail address.',
  'passwords-common': 'It is on the lists of passwords that are used most.',
  dictionary: 'A single common word is easy to guess.',
}

const reasonOf = ({ pattern, dictionaryName = '' }: Weakness): string =>
  `${reasons[dictionaryName] ?? reasons[pattern] ?? 'It is too short for what it is made of.'} Add another word or two.`
