import { Timestamp, Type } from '@tintype/contract'
import { sql } from 'kysely'
import type { Db } from '../../engines/db/port.ts'
import { impersonal, type PersonalData, rowsSection } from '../personal.ts'

const DEVICE = 'until turned off, the device is gone, or the account is deleted'

const tables: PersonalData['tables'] = {
  push_subscriptions: { holds: 'devices that are told of things', kept: DEVICE, told: ['devices'] },
  push_endpoints: {
    holds: 'which device is whose',
    kept: DEVICE,
    untold: 'hashes of addresses that are in the archive',
  },
  push_queue: {
    holds: 'what is to be shown on which device',
    kept: 'a week',
    untold: 'passes by itself; what it tells of is in the archive',
  },
  push_hosts: impersonal('push services that ask to wait', 'until they answer'),
  notice_preferences: {
    holds:
      'what a member wants to be told of, when not, and after how much time a day they want to be reminded',
    kept: 'until the account is deleted',
    told: ['notice_preferences'],
  },
  digests: {
    holds: 'when the next summary is due by mail',
    kept: 'until sent',
    untold: 'passes by itself; what it tells of is in the archive',
  },
}

export const channelsData = (db: Db): PersonalData => ({
  tables,
  sections: [
    rowsSection(db, {
      file: 'devices',
      about: 'Devices that notices are pushed to',
      entry: { kind: Type.String(), service: Type.String(), endpoint: Type.String(), created_at: Timestamp },
      select: (member) => sql`
        select subscription_id as key, kind, host as service, endpoint, created_at
        from push_subscriptions where user_id = ${member}`,
    }),
    rowsSection(db, {
      file: 'notice_preferences',
      about: 'What you want to be told of; what is not here is as it was at first',
      entry: { choices: Type.Object({}) },
      select: (member) =>
        sql`select user_id as key, choices from notice_preferences where user_id = ${member}`,
    }),
  ],
})
