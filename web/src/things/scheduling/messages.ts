import { createT } from '../../kit/i18n.ts'

export const t = createT({
  'when.label': 'Publish at',
  'when.hint': 'Your time, {zone}. Up to 75 days ahead.',
  'when.past': 'Choose a time to come.',
  'when.far': 'Choose a time within 75 days.',
})
