import { CircleId, HighlightId, Nullable, StoryId, Timestamp, Type } from '@tintype/contract'
import { sql } from 'kysely'
import type { Db } from '../../engines/db/port.ts'
import { derived, filed, named, type PersonalData, rowsSection } from '../personal.ts'

const STORY = 'a day; one that is kept in the archive or a highlight until deleted, or the account is'
const UNTIL = 'until undone, or one of the two accounts is deleted'

const tables: PersonalData['tables'] = {
  stories: { holds: 'stories: their picture or film, stickers, for whom', kept: STORY, told: ['stories'] },
  author_stories: { holds: 'whose stories they are', kept: STORY, told: ['stories'] },
  story_views: { holds: 'who has seen a story, and reacted how', kept: STORY, told: ['story_views'] },
  seen_stories: derived('which stories a member has seen', 'days'),
  story_answers: {
    holds: 'answers to stickers',
    kept: STORY,
    told: ['story_answers', 'story_answers_received'],
  },
  story_lists: {
    holds: 'close friends; from whom stories are hidden; whose stories are muted',
    kept: UNTIL,
    told: ['story_lists'],
  },
  story_listings: {
    holds: 'the same, seen from the other side',
    kept: UNTIL,
    untold: 'on whose lists one stands is the affair of whoever keeps the list',
  },
  highlights: {
    holds: 'stories that a member shows for good',
    kept: 'until deleted',
    told: ['highlights'],
  },
  highlight_owners: { holds: 'whose highlights they are', kept: 'until deleted', told: ['highlights'] },
  story_settings: {
    holds: 'whether stories are kept in the archive',
    kept: 'until the account is deleted',
    told: ['story_settings'],
  },
}

export const storiesData = (db: Db): PersonalData => ({
  tables,
  sections: [
    rowsSection(db, {
      file: 'stories',
      about: 'Your stories, as far as they are kept',
      entry: {
        story_id: StoryId,
        status: Type.String(),
        ...filed,
        alt_text: Type.String(),
        stickers: Type.Array(Type.Object({ kind: Type.String() })),
        audience: Type.String(),
        circles: Type.Array(CircleId),
        replies: Type.String(),
        saved: Type.Boolean(),
        created_at: Timestamp,
      },
      select: (member) => sql`
        select story_id as key, story_id, status, media_id, alt_text, stickers, stories.audience, stories.circles, replies, saved,
          created_at
        from author_stories join stories using (story_id, author_id) where author_id = ${member}`,
    }),
    rowsSection(db, {
      file: 'story_views',
      about: 'Who has seen your stories, and reacted how',
      entry: { story_id: StoryId, ...named, reaction: Nullable(Type.String()), seen_at: Timestamp },
      select: (member) => sql`
        select view_id as key, story_id, viewer_id as user_id, reaction, view_id as seen_at
        from author_stories join story_views using (story_id) where author_id = ${member} and viewer_id <> ${member}`,
    }),
    ...answers(db),
    rowsSection(db, {
      file: 'story_lists',
      about: 'Your close friends, from whom you hide your stories, and whose stories you have muted',
      entry: { list: Type.String(), ...named, since_at: Timestamp },
      select: (member) => sql`
        select entry_id as key, list, member_id as user_id, entry_id as since_at
        from story_lists where owner_id = ${member}`,
    }),
    rowsSection(db, {
      file: 'highlights',
      about: 'Your highlights, with the stories in them',
      entry: {
        highlight_id: HighlightId,
        title: Type.String(),
        cover_story_id: StoryId,
        story_ids: Type.Array(StoryId),
        created_at: Timestamp,
      },
      select: (member) => sql`
        select highlight_id as key, highlight_id, title, cover_story_id, story_ids, highlight_id as created_at
        from highlights where user_id = ${member}`,
    }),
    rowsSection(db, {
      file: 'story_settings',
      about: 'What you have chosen for your stories',
      entry: { save_to_archive: Type.Boolean() },
      select: (member) => sql`
        select user_id as key, save_to_archive from story_settings where user_id = ${member}`,
    }),
  ],
})

const answer = {
  sticker: Type.Integer(),
  choice: Nullable(Type.Integer()),
  value: Nullable(Type.Number()),
  text: Nullable(Type.String()),
  answered_at: Timestamp,
}

const answers = (db: Db) => [
  rowsSection(db, {
    file: 'story_answers',
    about: 'What you have answered to stickers on stories of others',
    entry: {
      story_id: StoryId,
      ...answer,
    },
    select: (member) => sql`
      select answer_id as key, story_id, sticker, choice, value, text, answer_id as answered_at
      from story_answers where user_id = ${member}`,
  }),
  rowsSection(db, {
    file: 'story_answers_received',
    about: 'What others have answered to stickers on your stories',
    entry: {
      story_id: StoryId,
      ...named,
      ...answer,
    },
    select: (member) => sql`
      select answer_id as key, story_id, story_answers.user_id, sticker, choice, value, text, answer_id as answered_at
      from author_stories join story_answers using (story_id) where author_id = ${member}`,
  }),
]
