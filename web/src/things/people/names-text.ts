import { t } from './suggestion-messages.ts'

/** Made when names first need it. */
let list: Intl.ListFormat | undefined

/** `ana, ben and 3 others`; empty where there are no names. */
export function namesText(names: readonly string[], others: number): string {
  if (names.length === 0) return ''
  list ??= new Intl.ListFormat('en')
  return list.format(others > 0 ? [...names, t('names.others', { count: others })] : [...names])
}
