import { consumer } from '../../engines/event-log/port.ts'
import { bind } from '../../gateway/binding.ts'
import type { Guard } from '../../gateway/guard.ts'
import type { ModuleParts } from '../module.ts'
import { Addresses, type AddressesDeps } from './addresses.ts'
import { Attack, type AttackDeps } from './attack.ts'
import { Challenges, type ChallengesDeps } from './challenges.ts'
import { Doorkeeper, type DoorkeeperDeps } from './doorkeeper.ts'
import { securityHandlers } from './handlers.ts'
import { Journal, type JournalDeps } from './journal.ts'
import { forgetMember } from './journal-store.ts'
import { securityData } from './personal-store.ts'
import { Reading, type ReadingDeps } from './reading.ts'
import { Watch, type WatchDeps } from './watch.ts'

export type SecurityDeps = Omit<AddressesDeps, 'doorkeeper'> &
  DoorkeeperDeps &
  AttackDeps &
  JournalDeps &
  Pick<ChallengesDeps, 'secret'> &
  Pick<ReadingDeps, 'people'> &
  Pick<WatchDeps, 'rateLimiter'>

export interface SecurityModule extends ModuleParts {
  guard: Guard & { open(): Promise<AsyncDisposable> }
  challenges: Challenges
}

/** Who is let in, and how a community defends itself. */
export function securityModule(deps: SecurityDeps): SecurityModule {
  const doorkeeper = new Doorkeeper(deps)
  const addresses = new Addresses({ ...deps, doorkeeper })
  const attack = new Attack(deps)
  const challenges = new Challenges({ ...deps, attack, doorkeeper })
  const journal = new Journal(deps)
  const onError = (error: unknown) => deps.logger.error({ err: error }, 'a request could not be looked at')
  const watch = new Watch({ ...deps, attack, journal, onError })
  const reading = new Reading({ ...deps, attack, doorkeeper, journal })
  const open = async () => {
    await using opening = new AsyncDisposableStack()
    opening.defer(() => journal.flush())
    opening.use(await attack.open())
    opening.use(await doorkeeper.open())
    return opening.move()
  }
  return {
    guard: {
      open,
      verdict: (address) => doorkeeper.verdict(address),
      onChange: (listener) => doorkeeper.onChange(listener),
      observe: (request) => watch.observe(request),
    },
    challenges,
    personal: securityData(),
    routes: bind('security', securityHandlers({ addresses, reading })),
    consumers: [
      // Whoever changed it may have died before the others were told.
      consumer({ group: 'security.told', types: ['security.changed'], handle: () => doorkeeper.tell() }),
    ],
    rebuilds: [],
    erase: (member) =>
      deps.db.tx(async (tx) => {
        await addresses.forget(tx, member)
        await forgetMember(tx, member)
      }),
    schedules: [
      { name: 'security.rules', everySeconds: 3600, run: () => addresses.forgetOld() },
      { name: 'security.journal', everySeconds: 300, run: () => journal.purge() },
      { name: 'security.challenges', everySeconds: 3600, run: () => challenges.purge() },
    ],
  }
}
