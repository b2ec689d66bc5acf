import { Timestamp, Type } from '@tintype/contract'
import { sql } from 'kysely'
import type { Db } from '../../engines/db/port.ts'
import { impersonal, type PersonalData, rowsSection } from '../personal.ts'

const tables: PersonalData['tables'] = {
  announcements: impersonal('what the owner tells all members', 'until the owner takes it back'),
  instance: { holds: 'the community’s name and rules, and who owns it', kept: 'always', told: ['account'] },
  invitations: {
    holds: 'codes that let somebody in, who made and who used them',
    kept: 'until a month after they ended',
    told: ['invitations'],
  },
}

export const communityData = (db: Db): PersonalData => ({
  tables,
  sections: [
    rowsSection(db, {
      file: 'invitations',
      about: 'Invitations to the community that you have made',
      entry: { code: Type.String(), expires_at: Timestamp, used: Type.Boolean() },
      select: (member) => sql`
        select code as key, code, expires_at, used_by is not null as used
        from invitations where created_by = ${member}`,
    }),
  ],
})
