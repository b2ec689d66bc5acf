import type { Events, StoryId, UserId } from '@tintype/contract'
import { begins, ends, type Fact, type Notices, storyFactOf } from '../notice.ts'
import { mentionedIn, type StoredSticker } from './stickers.ts'

type Act = Pick<Events['story.reacted'], 'story_id' | 'author_id' | 'user_id'>
const reactionOf = (e: Act) => storyFactOf('story_reaction', e.author_id, e.user_id, e.story_id)
const answerOf = (e: Act) => storyFactOf('story_answer', e.author_id, e.user_id, e.story_id)
const mentionsOf = (e: Events['story.published']) =>
  e.mentioned_ids.map((id) => storyFactOf('mention', id, e.author_id, e.story_id))

interface Standing {
  stories(ids: readonly StoryId[]): Promise<ReadonlyMap<StoryId, { stickers: readonly StoredSticker[] }>>
  /** Those of the acts that stand. */
  reactions(acts: readonly OneAct[]): Promise<OneAct[]>
  answers(acts: readonly OneAct[]): Promise<OneAct[]>
}
interface OneAct {
  story_id: StoryId
  user_id: UserId
}

/** Mentions in stories, reactions, and answers to stickers: one of a member about a story, however many they answered. */
export const storyNotices = (truth: Standing): Notices => ({
  on: {
    'story.published': (e) => begins(...mentionsOf(e)),
    'story.reacted': (e) => begins(reactionOf(e)),
    'story.unreacted': (e) => ends(reactionOf(e)),
    'story.answered': (e) => begins(answerOf(e)),
  },
  async standing(facts) {
    const [stories, reacted, answered] = await Promise.all([
      truth.stories(
        facts.flatMap(({ type, story_id }) => (type === 'mention' && story_id ? [story_id] : [])),
      ),
      truth.reactions(actsOf(facts, 'story_reaction')),
      truth.answers(actsOf(facts, 'story_answer')),
    ])
    const acts = new Map([
      ['story_reaction', keysOf(reacted)],
      ['story_answer', keysOf(answered)],
    ])
    return facts.filter(({ type, story_id, user_id, actor_id }) => {
      if (!story_id) return false
      if (type === 'mention') return mentionedIn(stories.get(story_id)?.stickers ?? []).includes(user_id)
      return acts.get(type)?.has(`${story_id} ${actor_id}`)
    })
  },
})

const actsOf = (facts: readonly Fact[], wanted: Fact['type']): OneAct[] =>
  facts.flatMap(({ type, story_id, actor_id }) =>
    type === wanted && story_id ? [{ story_id, user_id: actor_id }] : [],
  )
const keysOf = (acts: readonly OneAct[]) => new Set(acts.map((act) => `${act.story_id} ${act.user_id}`))
