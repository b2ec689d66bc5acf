import { MediaId, Type } from '@tintype/contract'
import { sql } from 'kysely'
import type { Db } from '../../engines/db/port.ts'
import { impersonal, type PersonalData, rowsSection } from '../personal.ts'

/** The files themselves are in the archive. */
export const mediaData = (db: Db): PersonalData => ({
  tables: {
    uploads: {
      holds: 'files that were announced and are under way',
      kept: '7 hours; that they were used, 7 days',
      untold: 'what became of them is in the archive',
    },
    media: {
      holds:
        'pictures, films and recordings: whose, of what, their size; originals stand in the object store as they came',
      kept: 'until what they belong to is deleted; the files 10 minutes more',
      told: ['files'],
    },
    media_captions: {
      holds: 'what is said in a film, as its owner wrote it down',
      kept: 'until what the film belongs to is deleted',
      told: ['captions'],
    },
    rendition_sets: impersonal('sizes that were made of an original', 'as long as something shows them'),
    rendition_refs: impersonal('which pictures show which sizes', 'as long as the picture'),
  },
  sections: [
    rowsSection(db, {
      file: 'captions',
      about: 'What is said in your videos, as you wrote it down',
      entry: { media_id: MediaId, language: Type.String(), text: Type.String() },
      select: (member) => sql`
        select media_id as key, media_id, language, vtt as text from media_captions where owner_id = ${member}`,
    }),
  ],
})
