import type { AppId, GrantId, Scope, UserId } from '@tintype/contract'
import type { CodeName } from './code-store.ts'
import type { TokenName } from './grant-store.ts'

/** In whose name, and by what: the library hands it from what was brought to what is kept. */
export interface Bearer {
  user_id?: UserId
  /** Of client credentials. */
  app_id?: AppId
  grant_id?: GrantId
  code?: CodeName
  refresh?: TokenName & { scopes: Scope[] }
  device?: { user_code_hash: string; device_hash: string }
}
