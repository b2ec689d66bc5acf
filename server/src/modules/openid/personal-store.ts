import { Nullable, Timestamp, Type } from '@tintype/contract'
import { sql } from 'kysely'
import type { Db } from '../../engines/db/port.ts'
import { impersonal, type PersonalData, rowsSection } from '../personal.ts'

const KEPT = 'until unlinked, or the account is deleted'

export const openIdData = (db: Db): PersonalData => ({
  tables: {
    openid_identities: {
      holds: 'whose account a log-in at the provider is',
      kept: KEPT,
      told: ['linked_log_ins'],
    },
    openid_members: {
      holds: 'the provider, its name for the member, when it was linked and last used',
      kept: KEPT,
      told: ['linked_log_ins'],
    },
    openid_answers: impersonal('log-ins that came back from the provider', '10 minutes'),
  },
  sections: [
    rowsSection(db, {
      file: 'linked_log_ins',
      about: 'Other places at which you can log in to your account',
      entry: {
        issuer: Type.String(),
        subject: Type.String(),
        linked_at: Timestamp,
        last_used_at: Nullable(Timestamp),
      },
      select: (member) => sql`
        select issuer as key, issuer, subject, linked_at, last_used_at
        from openid_members where user_id = ${member}`,
    }),
  ],
})
