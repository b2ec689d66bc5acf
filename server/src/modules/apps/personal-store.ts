import { AppId, Nullable, Timestamp, Type } from '@tintype/contract'
import { sql } from 'kysely'
import type { Db } from '../../engines/db/port.ts'
import { impersonal, type PersonalData, rowsSection } from '../personal.ts'

const ENDED =
  'until it is ended by the member, by what ends all their sessions, or by time: thirty days without use'
const hash = 'a hash: what it is of is known to the app alone'

const tables: PersonalData['tables'] = {
  apps: {
    holds: 'apps that members have made: name, address, scopes',
    kept: 'until they remove them',
    told: ['apps_made'],
  },
  member_apps: { holds: 'the same, by member', kept: 'until they remove them', told: ['apps_made'] },
  app_grants: {
    holds: 'what a member has allowed which app, and when it was used last',
    kept: ENDED,
    told: ['apps_allowed'],
  },
  app_members: { holds: 'the same, by app', kept: ENDED, told: ['apps_allowed'] },
  app_tokens: {
    holds: 'tokens of apps, as hashes',
    kept: `${ENDED}; access tokens for two hours`,
    untold: hash,
  },
  app_client_tokens: impersonal('tokens of apps in nobody’s name, as hashes', 'two hours'),
  app_codes: { holds: 'codes on their way to an app, as hashes', kept: 'a day', untold: hash },
  app_device_codes: {
    holds: 'codes that devices show, as hashes, and who answered',
    kept: 'ten minutes',
    untold: hash,
  },
}

export const appsData = (db: Db): PersonalData => ({
  tables,
  sections: [
    rowsSection(db, {
      file: 'apps_made',
      about: 'Apps that you have made',
      entry: {
        app_id: AppId,
        name: Type.String(),
        website: Nullable(Type.String()),
        redirect_uris: Type.Array(Type.String()),
        scopes: Type.Array(Type.String()),
        created_at: Timestamp,
      },
      select: (member) => sql`
        select app_id as key, app_id, name, website, redirect_uris, scopes, created_at from apps
        where app_id in (select app_id from member_apps where user_id = ${member})`,
    }),
    rowsSection(db, {
      file: 'apps_allowed',
      about: 'What you have allowed to apps, and tokens that you have made',
      entry: {
        app_id: Nullable(AppId),
        name: Nullable(Type.String()),
        scopes: Type.Array(Type.String()),
        created_at: Timestamp,
        used_at: Nullable(Timestamp),
        expires_at: Nullable(Timestamp),
      },
      select: (member) => sql`
        select g.grant_id as key, g.app_id, coalesce(g.name, apps.name) as name, g.scopes, g.created_at, g.used_at,
          g.expires_at
        from app_grants g left join apps using (app_id) where g.user_id = ${member}`,
    }),
  ],
})
