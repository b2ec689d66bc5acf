import type { PersonalData } from '../personal.ts'

/** Who members are stands in `users`, which accounts tells. */
export const membersData: PersonalData = {
  tables: {
    usernames: {
      holds: 'which name is whose; names that were theirs before',
      kept: 'until the account is deleted, then held for 30 days so that nobody takes it at once',
      told: ['account'],
    },
  },
  sections: [],
}
