import type { UserId } from '@tintype/contract'
import { bind } from '../../gateway/binding.ts'
import type { ModuleParts } from '../module.ts'
import { existingAnswers } from './answer-store.ts'
import { Answering, type AnsweringDeps } from './answering.ts'
import { storyConsumers } from './consumers.ts'
import { StoriesFace } from './face.ts'
import { highlightHandlers, storyHandlers } from './handlers.ts'
import { Highlights } from './highlights.ts'
import { type ListDeps, Lists } from './lists.ts'
import { type LiveDeps, StoriesLive } from './live.ts'
import { type ModeratedDeps, moderatedStories } from './moderated.ts'
import { storyNotices } from './notices.ts'
import { storiesData } from './personal-store.ts'
import { Posting, type PostingDeps } from './posting.ts'
import { type ReaderDeps, StoriesReader } from './reader.ts'
import { type GraphRelations, Relations } from './relations.ts'
import { StoryResults } from './results.ts'
import { SeenStories } from './seen.ts'
import { type StoriesDeps, StoriesService } from './service.ts'
import { type ShowDeps, StoryShow } from './show.ts'
import { storyKind } from './subjects.ts'
import { Tray, type TrayDeps } from './tray.ts'
import { StoriesUpkeep } from './upkeep.ts'
import { existingReactions } from './view-store.ts'
import { Viewing, type ViewingDeps } from './viewing.ts'

type Built = 'reader' | 'relations' | 'results' | 'seen' | 'show' | 'posting' | 'highlights'
type Given<T> = Omit<T, Built>
export type StoriesModuleDeps<Checked> = Given<ReaderDeps> &
  Given<PostingDeps<Checked>> &
  Given<ShowDeps> &
  Given<TrayDeps> &
  Given<ViewingDeps> &
  Given<AnsweringDeps> &
  Given<ListDeps> &
  Given<LiveDeps> &
  Given<ModeratedDeps> &
  Given<StoriesDeps> & { graph: { relations(userId: UserId): Promise<GraphRelations> } }

/** Seconds between two looks for what has passed: with the grace that files have, they are gone within the hour. */
const PASSED_EVERY = 1200

/** Stories: seen for a day, kept by archive and highlights. */
export function storiesModule<Checked>(
  deps: StoriesModuleDeps<Checked>,
): ModuleParts & { service: StoriesFace } {
  const relations = new Relations(deps)
  const reader = new StoriesReader({ ...deps, relations })
  const results = new StoryResults(deps)
  const seen = new SeenStories(deps)
  const built = { ...deps, relations, reader, results, seen }
  const show = new StoryShow(built)
  const posting = new Posting<Checked>(built)
  const lists = new Lists(built)
  const highlights = new Highlights({ ...built, show })
  const upkeep = new StoriesUpkeep({ ...built, posting: posting as Posting, lists })
  const useCases = {
    stories: new StoriesService({ ...built, posting, highlights, show }),
    tray: new Tray(built),
    viewing: new Viewing(built),
    answering: new Answering({ ...built, show }),
    lists,
    highlights,
  }
  return {
    service: new StoriesFace({ ...built, posting: posting as Posting }, show),
    personal: storiesData(deps.db),
    routes: [...bind('stories', storyHandlers(useCases)), ...bind('highlights', highlightHandlers(useCases))],
    consumers: storyConsumers({ posting, upkeep, live: new StoriesLive(built) }),
    erase: (member, signal) => upkeep.eraseMember(member, signal),
    subjects: [storyKind(reader, show, deps.people, moderatedStories({ ...built, media: deps.media }))],
    notices: storyNotices({
      stories: (ids) => reader.records(ids),
      reactions: async (acts) => (acts.length === 0 ? [] : existingReactions(deps.db.query, acts)),
      answers: async (acts) => (acts.length === 0 ? [] : existingAnswers(deps.db.query, acts)),
    }),
    rebuilds: [],
    schedules: [
      { name: 'stories.passed', everySeconds: PASSED_EVERY, run: (signal) => upkeep.deletePassed(signal) },
    ],
  }
}
