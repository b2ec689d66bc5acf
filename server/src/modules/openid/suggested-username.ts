import { limits } from '@tintype/contract'

/** A username made of what somebody is called elsewhere; empty where nothing is left of it. Its member may type another. */
export function suggestedUsername(name: string): string {
  const [local = ''] = name.split('@')
  const kept = local
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '.')
    .slice(0, limits.usernameMax)
    .replace(/^\.+|\.+$/g, '')
  return kept.length < limits.usernameMin ? '' : kept
}
