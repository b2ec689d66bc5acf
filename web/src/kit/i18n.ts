import { formatCount } from '@tintype/contract/core/texts'

export { createT, formatCount } from '@tintype/contract/core/texts'

/** Made when a count first needs it. */
let compact: Intl.NumberFormat | undefined

/** `12.3K` above ten thousand, exact below. */
export function formatShort(count: number): string {
  if (count < 10_000) return formatCount(count)
  compact ??= new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })
  return compact.format(count)
}
