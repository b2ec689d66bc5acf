import { Nullable, Timestamp, Type } from '@tintype/contract'
import { sql } from 'kysely'
import type { Db } from '../../engines/db/port.ts'
import { impersonal, type PersonalData, rowsSection } from '../personal.ts'

const ACCOUNT = 'until taken away, or the account is deleted'

const tables: PersonalData['tables'] = {
  totp_secrets: {
    holds: 'the secret of an authenticator app, sealed',
    kept: ACCOUNT,
    told: ['second_factors'],
  },
  recovery_codes: {
    holds: 'hashes of codes for when a device is lost',
    kept: ACCOUNT,
    untold: 'a key to the account; which codes there are, nobody knows but who wrote them down',
  },
  passkeys: {
    holds: 'public keys of passkeys, their names and last use',
    kept: ACCOUNT,
    told: ['second_factors'],
  },
  passkey_challenges: impersonal('challenges that a passkey is to sign', '10 minutes'),
}

export const factorsData = (db: Db): PersonalData => ({
  tables,
  sections: [
    rowsSection(db, {
      file: 'second_factors',
      about: 'Passkeys and the authenticator app of your account; without their secrets',
      entry: {
        kind: Type.String(),
        name: Nullable(Type.String()),
        created_at: Timestamp,
        last_used_at: Nullable(Timestamp),
      },
      select: (member) => sql`
        select passkey_id::text as key, 'passkey' as kind, name, created_at, last_used_at
        from passkeys where user_id = ${member}
        union all
        select 'totp', 'authenticator_app', null, confirmed_at, null
        from totp_secrets where user_id = ${member} and confirmed_at is not null`,
    }),
  ],
})
