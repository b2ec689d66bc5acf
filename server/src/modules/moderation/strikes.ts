import type { ModerationSettings, ModeratorAct, Strikes, UserId } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { countStrikes } from './act-store.ts'
import { readSettings } from './settings-store.ts'

const DAY_MS = 86_400_000

/** How often a member broke the rules lately, and what the community has said is to follow: a hint, never more. */
export async function strikesOf({ db, clock }: { db: Db; clock: Clock }, userId: UserId): Promise<Strikes> {
  const settings = await readSettings(db.query)
  const { strike_days: days, silence_from, suspend_from } = settings
  const count = await countStrikes(db.query, userId, new Date(clock.now() - days * DAY_MS))
  return { count, days, suggested: suggestion(count, settings), silence_from, suspend_from }
}

/** For the next breach, which is one more. */
export function suggestion(count: number, { silence_from, suspend_from }: ModerationSettings): ModeratorAct {
  const next = count + 1
  if (next >= suspend_from) return 'suspend'
  return next >= silence_from ? 'silence' : 'warn'
}
