import type { AddressList } from '@tintype/contract'
import type { Verdict } from '../../gateway/guard.ts'
import { type AddressKey, AddressSet, parseRange } from '../../kit/address-ranges.ts'

export interface Rule {
  list: AddressList
  range: string
  note: string
  /** Null: it does not end. */
  expires_at: Date | null
}

export interface Rules {
  rules: readonly Rule[]
  onlyListed: boolean
}

export interface AddressPolicy {
  verdict(key: AddressKey | undefined): Verdict
  /** Until when it is so; then a rule ends. Milliseconds since 1970. */
  until: number
  /** Whether anybody is judged at all. */
  isIdle: boolean
}

/** This machine: whoever sits at it gets in, whatever was written. */
const LOOPBACK = ['127.0.0.0/8', '::1']

/**
 * What rules say at a moment. The allow list beats the deny list, so that a wide denial may have holes. `spared`: addresses that are never
 * denied, and no more than that: proxies, behind which is everybody.
 */
export function policyOf(
  { rules, onlyListed }: Rules,
  now: number,
  spared: readonly string[],
): AddressPolicy {
  const current = rules.filter(({ expires_at }) => expires_at === null || expires_at.getTime() > now)
  const setOf = (ranges: readonly string[]) =>
    new AddressSet(ranges.flatMap((range) => parseRange(range) ?? []))
  const listed = (list: AddressList) => current.filter((rule) => rule.list === list).map(({ range }) => range)
  const [allowed, denied, passing] = [
    setOf(listed('allow')),
    setOf(listed('deny')),
    setOf([...LOOPBACK, ...spared]),
  ]
  const ends = current.flatMap(({ expires_at }) => expires_at?.getTime() ?? [])
  return {
    until: Math.min(...ends, Number.POSITIVE_INFINITY),
    isIdle: current.length === 0 && !onlyListed,
    verdict(key) {
      if (key === undefined) return onlyListed ? 'denied' : undefined
      if (allowed.has(key)) return 'exempt'
      return (onlyListed || denied.has(key)) && !passing.has(key) ? 'denied' : undefined
    },
  }
}
