import { limits } from '@tintype/contract'

export type Strength = 0 | 1 | 2 | 3 | 4

const KINDS = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u]

/**
 * A hint while typing, nothing more: how long, how varied, how repetitive. The server judges with dictionaries and
 * gives its reason; two sets of rules would only disagree.
 */
export function passwordStrength(password: string, personal: readonly string[] = []): Strength {
  if (password.length < limits.passwordMin) return 0
  const lower = password.toLowerCase()
  const kinds = KINDS.filter((kind) => kind.test(password)).length
  const distinct = new Set(lower).size
  const named = personal.some((word) => word.length > 2 && lower.includes(word.toLowerCase()))
  const score = Math.floor((password.length - 4) / 4) + (kinds > 2 ? 1 : 0) - (named ? 2 : 0)
  const cap = distinct < 5 ? 1 : 4
  return Math.max(1, Math.min(cap, score)) as Strength
}
