import type { SessionId, UserId } from '@tintype/contract'
import { createTokens } from '@tintype/server/modules/accounts/tokens'
import { personOf } from '../dataset/people.ts'
import type { Kind, Plan } from '../dataset/plan.ts'
import { Random } from '../dataset/random.ts'
import { sessionIdOf, userIdOf } from '../dataset/rows.ts'

/** A member who asks. */
export interface Viewer {
  number: number
  user_id: UserId
  username: string
  token: string
}

const DAY = 86_400_000

/** Members with a session each, whose tokens are signed as the server signs them. */
export class Viewers {
  readonly #plan: Plan
  readonly #tokens: ReturnType<typeof createTokens>

  constructor(plan: Plan, secret: string) {
    this.#plan = plan
    this.#tokens = createTokens(secret)
  }

  of(number: number): Viewer {
    const user_id = userIdOf(this.#plan, number) as UserId
    const session_id = sessionIdOf(this.#plan, number) as SessionId
    const now = Date.now()
    const token = this.#tokens.signAccess({ user_id, session_id, expires: now + 30 * DAY }, now)
    return { number, user_id, username: personOf(number).username, token }
  }

  /** Up to `count` active members of a kind by chance, always the same. */
  some(kind: Kind, count: number): Viewer[] {
    const { isActive, kinds, size } = this.#plan
    const fitting = Uint32Array.from(kinds.keys()).filter((n) => kinds[n] === kind && isActive[n] === 1)
    const chosen = new Random(`${size.seed}/viewers/${kind}`).shuffle(fitting).slice(0, count)
    return Array.from(chosen, (n) => this.of(n))
  }
}
