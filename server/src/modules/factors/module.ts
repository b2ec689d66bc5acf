import { bind } from '../../gateway/binding.ts'
import type { ModuleParts } from '../module.ts'
import { Ceremonies } from './ceremonies.ts'
import { type FactorDeps, Factors } from './factors.ts'
import { factorHandlers } from './handlers.ts'
import { deleteOldChallenges } from './passkey-store.ts'
import { type PasskeyDeps, Passkeys } from './passkeys.ts'
import { factorsData } from './personal-store.ts'
import { sealedFactors } from './sealed.ts'
import { relyingPartyOf } from './webauthn.ts'

export interface FactorsDeps extends Omit<FactorDeps, 'passkeys'>, Omit<PasskeyDeps, 'ceremonies' | 'party'> {
  secret: string
  /** Where people reach us: passkeys are made for it. */
  publicUrl: string
}

/** By what members prove that it is them, beside their password. */
export function factorsModule(deps: FactorsDeps): ModuleParts & { service: Factors; passkeys: Passkeys } {
  const { db, clock } = deps
  const ceremonies = new Ceremonies(clock, deps.secret)
  const passkeys = new Passkeys({ ...deps, ceremonies, party: relyingPartyOf(deps.publicUrl) })
  const service = new Factors({ ...deps, passkeys })
  return {
    service,
    passkeys,
    personal: factorsData(db),
    sealed: sealedFactors(deps.vault),
    routes: bind('factors', factorHandlers(service, passkeys)),
    consumers: [],
    schedules: [
      {
        name: 'factors.challenges',
        everySeconds: 3600,
        run: () => deleteOldChallenges(db.query, new Date(clock.now())),
      },
    ],
    rebuilds: [],
    async erase(member) {
      await service.erase(member)
      await passkeys.erase(member)
    },
  }
}
