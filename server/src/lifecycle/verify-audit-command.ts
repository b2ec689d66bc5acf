import type { Verified } from '../modules/moderation/api.ts'
import { type OpenSystem, withSystem } from './with-system.ts'

interface Audited extends AsyncDisposable {
  verifyAudit(): Promise<Verified>
}

const faults = { missing: 'is missing', changed: 'was changed', moved: 'does not follow the one before it' }

/**
 * `npm run verify-audit`: looks through the log of what moderators did, also while a server runs. Answers the exit code: 1 where an entry is
 * not as it was written.
 */
export const verifyAuditCommand = (
  env: Record<string, string | undefined>,
  open: OpenSystem<Audited>,
): Promise<number> =>
  withSystem(env, open, async (system) => {
    const { entries, head, broken } = await system.verifyAudit()
    if (broken) {
      console.error(
        `Entry ${broken.seq} ${faults[broken.what]}. The ${entries} before it are as they were written.`,
      )
      return 1
    }
    console.log(`${entries} entries are as they were written. The last one's hash is ${head}.`)
    return 0
  })
