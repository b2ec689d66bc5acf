import { isScope, type Scope, scopes } from '@tintype/contract'
import type { KnownClient } from './clients.ts'

export const inOrder = (some: Iterable<Scope>): Scope[] => {
  const wanted = new Set(some)
  return scopes.filter((scope) => wanted.has(scope))
}

/** What is asked for, in order; `read` where nothing is. Undefined where it may not be had: then nothing is given at all. */
export function allowedScopes(
  client: Pick<KnownClient, 'scopes'>,
  asked: readonly string[] | undefined,
  isNobodys: boolean,
): Scope[] | undefined {
  const wanted = asked ?? ['read']
  const most: readonly Scope[] = isNobodys ? ['read'] : client.scopes
  const scopes = wanted.filter(isScope)
  const isAllowed = scopes.length === wanted.length && scopes.every((scope) => most.includes(scope))
  return isAllowed && scopes.length > 0 ? inOrder(scopes) : undefined
}
