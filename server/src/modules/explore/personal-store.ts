import { Timestamp, Type } from '@tintype/contract'
import { sql } from 'kysely'
import type { Db } from '../../engines/db/port.ts'
import { derived, impersonal, type PersonalData, rowsSection } from '../personal.ts'
import { refusalKinds } from './refusal-store.ts'

const WORN = 'fades, and is gone within months'

const tables: PersonalData['tables'] = {
  engagements: derived(
    'what a member liked, saved and commented on, newest ones',
    'the newest, until the account is deleted',
  ),
  co_engagements: impersonal('which posts are liked by the same people', WORN),
  post_heat: impersonal('how much is going on at a post', WORN),
  author_heat: impersonal('the same of authors', WORN),
  place_posts: derived('posts by place', 'until the post is deleted'),
  explore_windows: derived('what was chosen to be shown on a visit', 'a day'),
  explore_refusals: {
    holds: 'what a member does not want to be shown',
    kept: 'until the account, or what it is about, is deleted',
    told: ['not_interested'],
  },
}

export const exploreData = (db: Db): PersonalData => ({
  tables,
  sections: [
    rowsSection(db, {
      file: 'not_interested',
      about: 'What you have said that you do not want to be shown',
      entry: { kind: Type.String(), id: Type.String(), refused_at: Timestamp },
      select: (member) => sql`
        select kind || ' ' || subject_id as key, kind, subject_id as id, refused_at
        from explore_refusals where user_id = ${member}`,
      entryOf: ({ kind }) => ({ kind: nameOf(Number(kind)) }),
    }),
  ],
})

const nameOf = (kind: number): string =>
  Object.entries(refusalKinds).find(([, number]) => number === kind)?.[0] ?? String(kind)
