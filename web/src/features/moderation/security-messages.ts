import { createT } from '../../kit/i18n.ts'

/** Of who is let in. */
export const t = createT({
  'addresses.title': 'Network addresses',
  'addresses.note':
    'Denied addresses get no answer at all. Allowed ones are always answered, never slowed and never asked for proof of work. Where both hold, the address is allowed.',
  'addresses.yours': 'You are at {address}.',
  'addresses.none': 'No rules.',
  'addresses.allow': 'Allowed',
  'addresses.deny': 'Denied',
  'addresses.ends': 'until {when}',
  'addresses.remove': 'Take back',
  'addresses.removeOf': 'Take back the rule for {range}',
  'addresses.list': 'What',
  'addresses.range': 'Address or range (203.0.113.0/24)',
  'addresses.days': 'Days until it ends by itself (empty: until it is taken back)',
  'addresses.why': 'Why (only you and other admins see it)',
  'addresses.add': 'Add the rule',
  'addresses.file': {
    one: 'One more rule comes from the file {path}.',
    other: '{count} more rules come from the file {path}.',
  },
  'addresses.fileProblem':
    'The file {path} was not read as it is now: {problem}. The rules read before hold.',
  'settings.title': 'How the community defends itself',
  'settings.only_listed': 'Only allowed addresses',
  'settings.only_listedHint': 'Everybody else gets no answer. For a community within a house or a school.',
})
