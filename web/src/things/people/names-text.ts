import { t } from './suggestion-messages.ts'

const list = new Intl.ListFormat('en')

/** `ana, ben and 3 others`; empty where there are no names. */
export const namesText = (names: readonly string[], others: number): string =>
  names.length === 0
    ? ''
    : list.format(others > 0 ? [...names, t('names.others', { count: others })] : [...names])
