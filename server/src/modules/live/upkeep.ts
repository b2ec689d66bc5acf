import { liveLimits } from '@tintype/contract'
import type { LiveDeps } from './deps.ts'
import type { Recording } from './recording.ts'
import { passedRecordings } from './recording-store.ts'

const DAY_MS = 86_400_000

/** Gives up recordings that nobody kept in time. */
export class Upkeep {
  readonly #deps: Pick<LiveDeps, 'db' | 'clock'> & { recording: Pick<Recording, 'drop'> }

  constructor(deps: Pick<LiveDeps, 'db' | 'clock'> & { recording: Pick<Recording, 'drop'> }) {
    this.#deps = deps
  }

  async dropPassed(signal: AbortSignal): Promise<void> {
    const { db, clock, recording } = this.#deps
    const before = new Date(clock.now() - liveLimits.recordingDays * DAY_MS)
    for (const id of await passedRecordings(db.query, before)) {
      signal.throwIfAborted()
      await recording.drop(id)
    }
  }
}
