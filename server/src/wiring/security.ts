import { type SecurityDeps, type SecurityModule, securityModule } from '../modules/security/module.ts'
import type { People } from '../views/people.ts'
import type { Ground } from './ground.ts'

/** Who is let in, and what they have to do for it. */
export const wireSecurity = (
  { config, engines, clock, logger }: Ground,
  people: People,
  audit: SecurityDeps['audit'],
): SecurityModule => securityModule({ ...engines, ...config, clock, logger, people, audit })
