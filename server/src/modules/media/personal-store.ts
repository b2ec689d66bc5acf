import { impersonal, type PersonalData } from '../personal.ts'

/** The files themselves are in the archive. */
export const mediaData: PersonalData = {
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
    rendition_sets: impersonal('sizes that were made of an original', 'as long as something shows them'),
    rendition_refs: impersonal('which pictures show which sizes', 'as long as the picture'),
  },
  sections: [],
}
