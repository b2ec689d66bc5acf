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
    media_scores: {
      holds: 'what a program takes a picture for, where the community has pictures scored',
      kept: 'as long as the picture',
      told: ['scores'],
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
    rowsSection(db, {
      file: 'scores',
      about:
        'What a program took your pictures and videos for (0 to 100: how sure it is that they show sexual content)',
      entry: { media_id: MediaId, score: Type.Integer(), model: Type.String() },
      select: (member) => sql`
        select media_id as key, media_id, score, model from media_scores join media using (media_id)
        where owner_id = ${member}`,
    }),
  ],
})
