import { type Events, type StoryId, storySubject, type UserId } from '@tintype/contract'
import { createT } from '@tintype/contract/core/texts'
import { begins, ends, type Fact, factOf, type Notices, whoDid } from '../notice.ts'
import { mentionedIn, type StoredSticker } from './stickers.ts'

const t = createT({
  mention: '{actor} mentioned you in a story',
  answer: '{who} answered your story',
})

type Act = Pick<Events['story.reacted'], 'story_id' | 'author_id' | 'user_id'>
const reactionOf = (e: Act) => factOf('story_reaction', e.author_id, e.user_id, storySubject(e.story_id))
const answerOf = (e: Act) => factOf('story_answer', e.author_id, e.user_id, storySubject(e.story_id))
const mentionsOf = (e: Events['story.published']) =>
  e.mentioned_ids.map((id) => factOf('mention', id, e.author_id, storySubject(e.story_id)))

interface Existing {
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
export const storyNotices = (truth: Existing): Notices => ({
  on: {
    'story.published': (e) => begins(...mentionsOf(e)),
    'story.reacted': (e) => begins(reactionOf(e)),
    'story.unreacted': (e) => ends(reactionOf(e)),
    'story.answered': (e) => begins(answerOf(e)),
  },
  ofOthers: ['mention'],
  // A reaction is a message, too, which tells of itself.
  pushes: {
    'mention story': { kind: 'mention', body: ({ actor }) => t('mention', { actor }) },
    story_answer: { kind: 'story', body: (about) => t('answer', { who: whoDid(about) }) },
  },
  async stillTrue(facts) {
    const ours = facts.filter(({ subject }) => subject.kind === 'story')
    const [stories, reacted, answered] = await Promise.all([
      truth.stories(actsOf(ours, 'mention').map((act) => act.story_id)),
      truth.reactions(actsOf(ours, 'story_reaction')),
      truth.answers(actsOf(ours, 'story_answer')),
    ])
    const acts = new Map([
      ['story_reaction', keysOf(reacted)],
      ['story_answer', keysOf(answered)],
    ])
    return ours.filter(({ type, subject, user_id, actor_id }) => {
      if (type !== 'mention') return acts.get(type)?.has(`${subject.id} ${actor_id}`)
      return mentionedIn(stories.get(subject.id as StoryId)?.stickers ?? []).includes(user_id)
    })
  },
})

const actsOf = (facts: readonly Fact[], wanted: Fact['type']): OneAct[] =>
  facts.flatMap(({ type, subject, actor_id }) =>
    type === wanted ? [{ story_id: subject.id as StoryId, user_id: actor_id }] : [],
  )
const keysOf = (acts: readonly OneAct[]) => new Set(acts.map((act) => `${act.story_id} ${act.user_id}`))
