import { Nullable, ScheduledId, Timestamp, Type } from '@tintype/contract'
import { sql } from 'kysely'
import type { Db } from '../../engines/db/port.ts'
import { filed, type PersonalData, rowsSection } from '../personal.ts'

export const scheduledData = (db: Db): PersonalData => ({
  tables: {
    scheduled_posts: {
      holds: 'posts that are to be published at a time',
      kept: 'until they are published or deleted, or the account is',
      told: ['scheduled_posts'],
    },
  },
  sections: [
    rowsSection(db, {
      file: 'scheduled_posts',
      about: 'Posts of yours that wait for their time',
      entry: {
        scheduled_id: ScheduledId,
        publish_at: Timestamp,
        media: Type.Array(Type.Object(filed)),
        caption: Type.String(),
        location: Nullable(Type.Object({ name: Type.String() })),
        failure_code: Nullable(Type.String()),
      },
      select: (member) => sql`
        select scheduled_id as key, scheduled_id, publish_at, coalesce(body->>'caption', '') as caption,
          nullif(body->'location', 'null') as location, failure_code,
          (select jsonb_agg(jsonb_build_object('media_id', media_id)) from unnest(media_ids) as media_id) as media
        from scheduled_posts where author_id = ${member}`,
    }),
  ],
})
