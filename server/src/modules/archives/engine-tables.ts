import { derived, impersonal, type PersonalData } from '../personal.ts'

const LOG = 'a day; what nobody could handle, until somebody has looked'
const FACTS = {
  holds: 'what happened, by ids, for whoever has to act on it',
  untold: 'passes by itself; what it was about is in the archive',
}
const INDEX = 'as long as what it finds'

/** What engines keep in PostgreSQL for the modules, and what all of them share. */
export const engineTables: PersonalData['tables'] = {
  schema_migrations: impersonal('which changes of the tables were made', 'always'),
  vault_keys: impersonal('which keys things are sealed with, not the keys', 'until nothing is'),
  schedules: impersonal('what is to be done when', 'always'),
  events: { ...FACTS, kept: LOG },
  event_parked: { ...FACTS, kept: LOG },
  event_dead_letters: { ...FACTS, kept: LOG },
  event_groups: impersonal('who listens to what', 'always'),
  event_cursors: impersonal('how far they have read', 'always'),
  idempotency_keys: {
    holds: 'replies to requests that may be sent again',
    kept: 'a day',
    untold: 'passes by itself; what it was about is in the archive',
  },
  timeline_entries: derived(
    'which posts are in whose home feed',
    'the newest 800, until the account is deleted',
  ),
  search_state: impersonal('which of the two indexes answers', 'always'),
  search_documents_a: derived('words by which members and posts are found', INDEX),
  search_documents_b: derived('the same, while it is made anew', INDEX),
  search_tiers_a: impersonal('how many documents there are', 'always'),
  search_tiers_b: impersonal('the same, while it is made anew', 'always'),
  search_words_a: impersonal('words, and in how many documents they are', INDEX),
  search_words_b: impersonal('the same, while it is made anew', INDEX),
}
