import { Nullable, Timestamp, Type } from '@tintype/contract'
import { sql } from 'kysely'
import type { Db } from '../../engines/db/port.ts'
import { type DataSection, type PersonalData, rowsSection } from '../personal.ts'
import type { Addresses } from './addresses.ts'

type Sealed = Parameters<Addresses['of']>[0]

const ACCOUNT = 'until the account is deleted'
const AGAINST_GUESSING = { untold: 'kept against guessing, not about the member' }

const tables: PersonalData['tables'] = {
  users: {
    holds:
      'profile, e-mail address (sealed), hash of the password, role, whether verified, hidden or suspended',
    kept: `${ACCOUNT}; the row stays, empty, so that its id is nobody else’s`,
    told: ['account'],
  },
  emails: { holds: 'which address is whose, by a keyed hash of it', kept: ACCOUNT, told: ['account'] },
  user_activity: { holds: 'when a member was last there', kept: ACCOUNT, told: ['account'] },
  sessions: {
    holds: 'where a member is logged in: device, network address, times',
    kept: 'until it is ended, or not used for 7 days',
    told: ['sessions'],
  },
  account_links: {
    holds: 'links sent by mail: for what, to which address (sealed)',
    kept: 'until a day after they ended',
    untold: 'spent by themselves, and a key to the account until then',
  },
  former_emails: {
    holds: 'an address of before, sealed, so that whoever reads it is told of the change',
    kept: '7 days',
    untold: 'passes by itself; what it is now is in the archive',
  },
  email_changes: {
    holds: 'an address (sealed) that is to be the member’s and is not proven yet',
    kept: 'until proven or over',
    told: ['account'],
  },
  login_challenges: {
    holds: 'log-ins that wait for their second step',
    kept: '10 minutes',
    untold: 'spent by themselves, and a key to the account until then',
  },
  login_failures: { holds: 'how often a wrong password was tried', kept: 'a day', ...AGAINST_GUESSING },
  login_waits: { holds: 'networks that wait before the next try', kept: 'a day', ...AGAINST_GUESSING },
  login_networks: {
    holds: 'networks from which a member has logged in',
    kept: '90 days after the last time',
    told: ['known_networks'],
  },
  logins: {
    holds: 'log-ins: when, how, from which device and network (of IPv6 the first half)',
    kept: '90 days, the newest 500',
    told: ['logins'],
  },
  failed_logins: {
    holds: 'log-ins that failed: how often in a day, from where the last',
    kept: '90 days; a day where nobody has the name',
    told: ['failed_logins'],
  },
}

export const accountsData = (db: Db, addresses: Pick<Addresses, 'of' | 'wanted'>): PersonalData => ({
  tables,
  sections: [
    rowsSection(db, {
      file: 'account',
      about: 'Your account and your profile',
      entry: {
        user_id: Type.String(),
        username: Type.String(),
        email: Type.String(),
        email_verified_at: Nullable(Timestamp),
        waiting_email: Nullable(Type.String()),
        full_name: Type.String(),
        bio: Type.String(),
        link: Nullable(Type.String()),
        role: Type.String(),
        privacy_level: Type.String(),
        verified: Type.Boolean(),
        held_usernames: Type.Array(Type.String()),
        avatar: Nullable(Type.Object({ media_id: Type.String(), file: Nullable(Type.String()) })),
        created_at: Timestamp,
        last_active_at: Nullable(Timestamp),
        away_at: Nullable(Timestamp),
        leaves_at: Nullable(Timestamp),
        suspended_at: Nullable(Timestamp),
        suspended_until: Nullable(Timestamp),
        silenced: Type.Boolean(),
      },
      select: (member) => sql`
        select u.user_id as key, u.user_id, username, u.email, email_verified_at, c.email as waiting_email, full_name,
          bio, link, role, case when is_private then 'private' else 'public' end as privacy_level,
          is_verified as verified, held_usernames,
          case when avatar_media_id is not null then json_build_object('media_id', avatar_media_id) end as avatar,
          created_at, last_active_at, away_at, leaves_at, suspended_at, suspended_until, is_silenced as silenced
        from users u left join user_activity using (user_id) left join email_changes c using (user_id)
        where u.user_id = ${member}`,
      entryOf: (row) => ({
        email: addresses.of(row as Sealed),
        waiting_email:
          row.waiting_email === null
            ? null
            : addresses.wanted({ user_id: row.user_id, email: row.waiting_email } as Sealed),
      }),
    }),
    rowsSection(db, {
      file: 'sessions',
      about: 'Where you are logged in: devices, network addresses and times',
      entry: {
        user_agent: Type.String(),
        ip: Type.String(),
        created_at: Timestamp,
        last_used_at: Timestamp,
        expires_at: Timestamp,
      },
      select: (member) => sql`
        select session_id as key, user_agent, ip, created_at, last_used_at, expires_at
        from sessions where user_id = ${member}`,
    }),
    ...loginSections(db),
  ],
})

const loginSections = (db: Db): DataSection[] => [
  rowsSection(db, {
    file: 'known_networks',
    about: 'Networks from which you have logged in',
    entry: { network: Type.String(), last_at: Timestamp },
    select: (member) => sql`
      select network as key, network, last_at from login_networks where user_id = ${member}`,
  }),
  rowsSection(db, {
    file: 'logins',
    about: 'Your log-ins of the last 90 days, and apps that you have let in',
    entry: {
      method: Type.String(),
      app: Nullable(Type.String()),
      user_agent: Type.String(),
      network: Type.String(),
      at: Timestamp,
    },
    select: (member) => sql`
      select login_id as key, method, app, user_agent, network, at from logins where user_id = ${member}`,
  }),
  rowsSection(db, {
    file: 'failed_logins',
    about: 'Log-ins of the last 90 days that failed, by the day; where from is of the last',
    entry: {
      method: Type.String(),
      count: Type.Integer(),
      user_agent: Type.String(),
      network: Type.String(),
      last_at: Timestamp,
    },
    select: (member) => sql`
      select login_id as key, method, count, user_agent, network, last_at from failed_logins
      where user_id = ${member}`,
  }),
]
