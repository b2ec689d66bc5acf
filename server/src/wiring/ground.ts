import type { Config } from '../config.ts'
import type { Engines } from '../engines/index.ts'
import type { Clock } from '../kit/clock.ts'
import type { Logger } from '../kit/logger.ts'
import type { Vault } from '../kit/vault.ts'
import type { PasswordHasher } from '../modules/accounts/module.ts'
import type { ImagingPools } from '../modules/media/module.ts'

/** What all is made of. */
export interface Ground {
  config: Config
  engines: Engines
  clock: Clock
  logger: Logger
  imaging: ImagingPools
  passwords: PasswordHasher
  vault: Vault
}
