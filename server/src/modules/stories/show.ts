import {
  type ErrorCode,
  errors,
  type Media,
  type MediaId,
  type Story,
  type StoryId,
  type UntitledMedia,
  type UserId,
  type UserSummary,
} from '@tintype/contract'
import type { Judges } from '../../access/visibility.ts'
import type { Db } from '../../engines/db/port.ts'
import { byField } from '../../kit/by-field.ts'
import type { Clock } from '../../kit/clock.ts'
import { ownAnswers } from './answer-store.ts'
import { expiryOf, postedAt } from './policy.ts'
import type { Relations } from './relations.ts'
import type { StoryResults } from './results.ts'
import {
  isAnswered,
  mentionedIn,
  type OwnAnswer,
  type Results,
  type StickerContext,
  showStickers,
} from './stickers.ts'
import type { StoryRecord } from './store.ts'
import { countViews, ownViews } from './view-store.ts'

type Ids<T> = readonly T[]
export interface ShowDeps {
  db: Db
  clock: Clock
  relations: Relations
  results: StoryResults
  members: { usernames(ids: Ids<UserId>): Promise<Map<UserId, string>> }
  people: { summaries(ids: Ids<UserId>): Promise<Map<UserId, UserSummary>> }
  graph: Judges & { followingAmong(userId: UserId, ids: Ids<UserId>): Promise<ReadonlySet<UserId>> }
  media: { views(ids: Ids<MediaId>, viewerId: UserId): Promise<Map<MediaId, UntitledMedia>> }
}

/** Stories as one viewer sees them, each part read once for all of them. Whether they may see them is judged before. */
export class StoryShow {
  readonly #deps: ShowDeps

  constructor(deps: ShowDeps) {
    this.#deps = deps
  }

  /** In the order given; those whose author has left are left out. */
  async show(viewerId: UserId, stories: readonly StoryRecord[]): Promise<Story[]> {
    if (stories.length === 0) return []
    const { db, people, clock } = this.#deps
    const ids = stories.map((story) => story.story_id)
    const [authors, pictures, seen, counts, replyable, context] = await Promise.all([
      people.summaries([...new Set(stories.map((story) => story.author_id))]),
      this.pictures(viewerId, stories),
      ownViews(db.query, viewerId, ids),
      this.#viewCounts(viewerId, stories),
      this.#whoseAnswer(viewerId, stories),
      this.stickerContexts(viewerId, stories),
    ])
    const views = byField(seen, 'story_id')
    const now = clock.now()
    return stories.flatMap((story): Story[] => {
      const { story_id, author_id, status, failure_code, audience, circles, replies } = story
      const user = authors.get(author_id)
      if (!user) return []
      const view = views.get(story_id)
      const is_author = author_id === viewerId
      return [
        {
          story_id,
          user,
          status,
          failure: failure_code === null ? null : failureOf(failure_code),
          media: status === 'published' ? (pictures.get(story_id) ?? null) : null,
          stickers: showStickers(story.stickers, context(story)),
          audience,
          ...(circles.length > 0 && { for_circles: true, ...(is_author && { circles }) }),
          replies,
          created_at: new Date(postedAt(story_id)).toISOString(),
          expires_at: new Date(expiryOf(story_id)).toISOString(),
          expires_in: Math.max(0, Math.floor((expiryOf(story_id) - now) / 1000)),
          views_count: is_author ? (counts.get(story_id) ?? 0) : null,
          viewer: {
            seen: is_author || view !== undefined,
            reaction: view?.reaction ?? null,
            is_author,
            can_reply: !is_author && replyable(story),
          },
        },
      ]
    })
  }

  /** Their pictures, with links for the viewer. */
  async pictures(viewerId: UserId, stories: readonly StoryRecord[]): Promise<Map<StoryId, Media>> {
    const views = await this.#deps.media.views(
      stories.map((story) => story.media_id),
      viewerId,
    )
    const pictures = new Map<StoryId, Media>()
    for (const { story_id, media_id, alt_text } of stories) {
      const view = views.get(media_id)
      if (view) pictures.set(story_id, { ...view, alt_text })
    }
    return pictures
  }

  /** For the author: as many as their list would show, so without those between whom and them there is a block. */
  async #viewCounts(viewerId: UserId, stories: readonly StoryRecord[]): Promise<Map<StoryId, number>> {
    const own = stories.filter((story) => story.author_id === viewerId).map((story) => story.story_id)
    if (own.length === 0) return new Map()
    const blocked = await this.#deps.relations.blocked(viewerId)
    const counts = await countViews(this.#deps.db.query, own, blocked)
    return new Map(counts.map(({ story_id, count }) => [story_id, count]))
  }

  async #whoseAnswer(viewerId: UserId, stories: readonly StoryRecord[]) {
    const choosy = new Set(
      stories
        .filter(({ author_id, replies }) => replies === 'following' && author_id !== viewerId)
        .map((story) => story.author_id),
    )
    const following = new Set<UserId>()
    for (const author of choosy)
      if ((await this.#deps.graph.followingAmong(author, [viewerId])).has(viewerId)) following.add(author)
    return ({ author_id, replies }: StoryRecord) =>
      replies === 'everyone' || (replies === 'following' && following.has(author_id))
  }

  /** What the viewer answered, what others did, and whom they may see mentioned. */
  async stickerContexts(
    viewerId: UserId,
    stories: readonly StoryRecord[],
  ): Promise<(story: StoryRecord) => StickerContext> {
    const asking = stories.filter(({ stickers }) => stickers.some(isAnswered))
    const ids = asking.map((story) => story.story_id)
    const [answers, nameOf] = await Promise.all([
      ids.length === 0 ? [] : ownAnswers(this.#deps.db.query, viewerId, ids),
      this.#names(viewerId, stories),
    ])
    const own = new Map<string, OwnAnswer>(
      answers.map((answer) => [`${answer.story_id} ${answer.sticker}`, answer]),
    )
    const answered = new Set(answers.map((answer) => answer.story_id))
    const results = new Map<StoryId, ReadonlyMap<number, Results>>()
    for (const { story_id, author_id } of asking)
      if (author_id === viewerId || answered.has(story_id))
        results.set(story_id, await this.#deps.results.of(story_id))
    return ({ story_id, author_id }) => ({
      isAuthor: author_id === viewerId,
      own: (sticker) => own.get(`${story_id} ${sticker}`),
      results: (sticker) => results.get(story_id)?.get(sticker),
      nameOf,
    })
  }

  async #names(viewerId: UserId, stories: readonly StoryRecord[]) {
    const ids = [...new Set(stories.flatMap(({ stickers }) => mentionedIn(stickers)))]
    if (ids.length === 0) return () => undefined
    const [names, see] = await Promise.all([
      this.#deps.members.usernames(ids),
      this.#deps.graph.judge(viewerId, ids),
    ])
    return (id: UserId) => (see(id) === 'hidden' ? undefined : names.get(id))
  }
}

const failureOf = (code: string) => ({ code, message: errors[code as ErrorCode].message })
