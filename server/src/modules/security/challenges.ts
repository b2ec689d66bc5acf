import { createHmac, randomInt } from 'node:crypto'
import {
  type ChallengePurpose,
  type ChallengeReason,
  type SecuritySettings,
  TintypeError,
} from '@tintype/contract'
import { createChallenge, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import type { Db } from '../../engines/db/port.ts'
import type { Clock } from '../../kit/clock.ts'
import type { Attack } from './attack.ts'
import { deleteOldChallenges, spendChallenge } from './challenge-store.ts'

export interface ChallengesDeps {
  db: Db
  clock: Clock
  secret: string
  attack: Pick<Attack, 'level'>
  doorkeeper: { readonly settings: SecuritySettings }
}

/** Who asks to come in. */
export interface Comer {
  network: string
  isExempt: boolean
  /** What the header brought. */
  solution: string | undefined
}

/** Seconds in which an answer is good. */
const GOOD_FOR = 600
/** Rounds of PBKDF2 for each try, about a millisecond; slow enough that special hardware gains little. */
const ROUNDS = 5000
/** Tries of the easiest; each level takes twice as many. */
const TRIES = { least: 100, most: 200 }
const LONGEST = 4096

type Payload = Parameters<typeof verifySolution>[0]

/**
 * Proof of work, in the form of ALTCHA: the client looks for the counter whose derived key begins as told, which takes a known number of
 * tries; here one key is derived to ask and none to check. A challenge is signed, for one purpose, for a while, and good once.
 */
export class Challenges {
  readonly #deps: ChallengesDeps
  readonly #secrets: { hmacSignatureSecret: string; hmacKeySignatureSecret: string }

  constructor(deps: ChallengesDeps) {
    this.#deps = deps
    const keyFor = (use: string) => createHmac('sha256', deps.secret).update(use).digest('hex')
    this.#secrets = {
      hmacSignatureSecret: keyFor('tintype challenge'),
      hmacKeySignatureSecret: keyFor('tintype challenge key'),
    }
  }

  /** Whether whoever comes has to work. */
  asks(purpose: ChallengePurpose, comer: Comer): boolean {
    return this.#levelFor(purpose, comer) !== undefined
  }

  /** Rejects with `challenge_required` where they have to and have not. */
  async admit(purpose: ChallengePurpose, comer: Comer): Promise<void> {
    const level = this.#levelFor(purpose, comer)
    if (level === undefined) return
    const reason = await this.#faultOf(purpose, comer.solution)
    if (reason === undefined) return
    throw new TintypeError('challenge_required', {
      details: { purpose, reason, challenge: await this.#challenge(purpose, level), expires_in: GOOD_FOR },
    })
  }

  async purge(): Promise<void> {
    await deleteOldChallenges(this.#deps.db.query, new Date(this.#deps.clock.now()))
  }

  #levelFor(purpose: ChallengePurpose, { network, isExempt }: Comer): number | undefined {
    const { challenge } = this.#deps.doorkeeper.settings
    if (isExempt || challenge === 'off') return undefined
    return this.#deps.attack.level(purpose, network) ?? (challenge === 'on' ? 0 : undefined)
  }

  #challenge(purpose: ChallengePurpose, level: number) {
    return createChallenge({
      algorithm: 'PBKDF2/SHA-256',
      cost: ROUNDS,
      counter: randomInt(TRIES.least, TRIES.most) * 2 ** level,
      // The set clock says when it ends; the library would ask the machine's.
      data: { purpose, good_until: this.#deps.clock.now() + GOOD_FOR * 1000 },
      deriveKey,
      ...this.#secrets,
    })
  }

  async #faultOf(purpose: ChallengePurpose, text: string | undefined): Promise<ChallengeReason | undefined> {
    if (text === undefined) return 'asked'
    const { db, clock } = this.#deps
    const payload = payloadOf(text)
    if (!payload) return 'wrong'
    const { verified } = await verifySolution({ ...payload, deriveKey, ...this.#secrets }).catch(() => ({
      verified: false,
    }))
    const { nonce, data } = payload.challenge.parameters
    if (!verified || data?.purpose !== purpose) return 'wrong'
    const good_until = Number(data.good_until)
    if (good_until <= clock.now()) return 'expired'
    return (await spendChallenge(db.query, nonce, new Date(good_until))) ? undefined : 'used'
  }
}

/** Base64 of `{ challenge, solution }`; undefined for what is nothing of the kind. */
function payloadOf(text: string): Pick<Payload, 'challenge' | 'solution'> | undefined {
  if (text.length > LONGEST) return undefined
  try {
    const { challenge, solution } = JSON.parse(Buffer.from(text, 'base64').toString())
    return typeof challenge.parameters.nonce === 'string' && typeof solution === 'object'
      ? { challenge, solution }
      : undefined
  } catch {
    return undefined
  }
}
