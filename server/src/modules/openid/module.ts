import { bind } from '../../gateway/binding.ts'
import { cookiePolicy } from '../../gateway/credentials.ts'
import type { Logger } from '../../kit/logger.ts'
import type { ModuleParts } from '../module.ts'
import type { BeginSession } from './deps.ts'
import { openIdHandlers } from './handlers.ts'
import { OpenId, type OpenIdDeps } from './openid.ts'
import { openIdData } from './personal-store.ts'
import { Provider, type ProviderSettings } from './provider.ts'
import { deleteIdentities, deleteOldAnswers } from './store.ts'

export interface OpenIdModuleDeps extends Omit<OpenIdDeps, 'provider' | 'redirectUri'> {
  logger: Logger
  publicUrl: string
  beginSession: BeginSession
  /** Undefined: members log in here alone. */
  openId: ProviderSettings | undefined
}

/** Log-ins at another place that the community trusts. */
export function openIdModule(deps: OpenIdModuleDeps): ModuleParts {
  const { db, clock, publicUrl, beginSession } = deps
  const openId =
    deps.openId &&
    new OpenId({
      ...deps,
      provider: new Provider(deps.openId, deps),
      redirectUri: `${publicUrl}/auth/openid/callback`,
    })
  return {
    personal: openIdData(db),
    routes: bind('openId', openIdHandlers({ openId, cookies: cookiePolicy(publicUrl), beginSession })),
    consumers: [],
    rebuilds: [],
    schedules: [
      {
        name: 'openid.answers',
        everySeconds: 3600,
        run: () => deleteOldAnswers(db.query, new Date(clock.now())),
      },
    ],
    // Also where it was turned off since.
    erase: (member) => db.tx((tx) => deleteIdentities(tx, member)).then(() => undefined),
  }
}
