import { type Events, type PostId, postSubject, type UserId } from '@tintype/contract'
import { createT } from '@tintype/contract/core/texts'
import { begins, ends, type Fact, factOf, type Notices } from '../notice.ts'
import type { PostsReader } from './reader.ts'

const t = createT({
  mention: '{actor} mentioned you in a post',
  tagged: '{actor} tagged you in a photo',
  invited: '{actor} asks you to be an author of their post too',
  accepted: '{actor} is an author of your post now',
})

const mentions = (e: Pick<Events['post.published'], 'mentioned_ids' | 'author_id' | 'post_id'>) =>
  e.mentioned_ids.map((id) => factOf('mention', id, e.author_id, postSubject(e.post_id)))

const tags = (e: Pick<Events['post.people_changed'], 'author_id' | 'post_id'>, ids: readonly UserId[] = []) =>
  ids.map((id) => factOf('tagged', id, e.author_id, postSubject(e.post_id)))

type Together = Events['post.collaborators_changed']
const asked = (e: Pick<Together, 'author_id' | 'post_id'>, ids: readonly UserId[] = []) =>
  ids.map((id) => factOf('collaboration_invite', id, e.author_id, postSubject(e.post_id)))
const agreed = (e: Together, ids: readonly UserId[]) =>
  ids.map((id) => factOf('collaboration_accepted', e.author_id, id, postSubject(e.post_id)))

/** Mentions in captions, people in pictures, and who makes posts together. */
export const postNotices = (posts: Pick<PostsReader, 'mentioned' | 'tagged' | 'collaborating'>): Notices => ({
  on: {
    'post.published': (e) => begins(...mentions(e), ...tags(e, e.tagged_ids), ...asked(e, e.invited_ids)),
    'post.people_changed': (e) => [...begins(...tags(e, e.tagged_ids)), ...ends(...tags(e, e.untagged_ids))],
    'post.collaborators_changed': (e) => [
      ...begins(...asked(e, e.invited_ids), ...agreed(e, e.joined_ids)),
      ...ends(...asked(e, [...e.uninvited_ids, ...e.joined_ids]), ...agreed(e, e.left_ids)),
    ],
    'post.edited': (e) => [
      ...begins(...mentions(e)),
      ...ends(...mentions({ ...e, mentioned_ids: e.unmentioned_ids ?? [] })),
    ],
  },
  ofOthers: ['mention', 'tagged', 'collaboration_invite'],
  pushes: {
    'mention post': { kind: 'mention', body: ({ actor }) => t('mention', { actor }) },
    tagged: { kind: 'mention', body: ({ actor }) => t('tagged', { actor }) },
    collaboration_invite: { kind: 'mention', body: ({ actor }) => t('invited', { actor }) },
    collaboration_accepted: { kind: 'mention', body: ({ actor }) => t('accepted', { actor }) },
  },
  async stillTrue(facts) {
    const ofPosts = (wanted: Fact['type']) =>
      facts.filter(({ type, subject }) => type === wanted && subject.kind === 'post')
    const idOf = ({ subject }: Fact) => subject.id as PostId
    const idsOf = (some: readonly Fact[]) => [...new Set(some.map(idOf))]
    const [named, shown] = [ofPosts('mention'), ofPosts('tagged')]
    const [invited, joined] = [ofPosts('collaboration_invite'), ofPosts('collaboration_accepted')]
    const [mentioned, tagged, together] = await Promise.all([
      posts.mentioned(idsOf(named)),
      posts.tagged(idsOf(shown)),
      posts.collaborating(idsOf([...invited, ...joined])),
    ])
    const is = (fact: Fact, id: UserId, state: 'invited' | 'accepted') =>
      together.get(idOf(fact))?.some((one) => one.user_id === id && one.state === state)
    return [
      ...named.filter((fact) => mentioned.get(idOf(fact))?.includes(fact.user_id)),
      ...shown.filter((fact) => tagged.get(idOf(fact))?.includes(fact.user_id)),
      ...invited.filter((fact) => is(fact, fact.user_id, 'invited')),
      ...joined.filter((fact) => is(fact, fact.actor_id, 'accepted')),
    ]
  },
})
