import { type Events, type PostId, postSubject, type UserId } from '@tintype/contract'
import { createT } from '@tintype/contract/core/texts'
import { begins, ends, type Fact, factOf, type Notices } from '../notice.ts'
import type { PostsReader } from './reader.ts'

const t = createT({
  mention: '{actor} mentioned you in a post',
  tagged: '{actor} tagged you in a photo',
})

const mentions = (e: Pick<Events['post.published'], 'mentioned_ids' | 'author_id' | 'post_id'>) =>
  e.mentioned_ids.map((id) => factOf('mention', id, e.author_id, postSubject(e.post_id)))

const tags = (e: Pick<Events['post.people_changed'], 'author_id' | 'post_id'>, ids: readonly UserId[] = []) =>
  ids.map((id) => factOf('tagged', id, e.author_id, postSubject(e.post_id)))

/** Mentions in captions, and people in pictures. */
export const postNotices = (posts: Pick<PostsReader, 'mentioned' | 'tagged'>): Notices => ({
  on: {
    'post.published': (e) => begins(...mentions(e), ...tags(e, e.tagged_ids)),
    'post.people_changed': (e) => [...begins(...tags(e, e.tagged_ids)), ...ends(...tags(e, e.untagged_ids))],
    'post.edited': (e) => [
      ...begins(...mentions(e)),
      ...ends(...mentions({ ...e, mentioned_ids: e.unmentioned_ids ?? [] })),
    ],
  },
  ofOthers: ['mention', 'tagged'],
  pushes: {
    'mention post': { kind: 'mention', body: ({ actor }) => t('mention', { actor }) },
    tagged: { kind: 'mention', body: ({ actor }) => t('tagged', { actor }) },
  },
  async stillTrue(facts) {
    const ofPosts = (wanted: Fact['type']) =>
      facts.filter(({ type, subject }) => type === wanted && subject.kind === 'post')
    const idOf = ({ subject }: Fact) => subject.id as PostId
    const idsOf = (some: readonly Fact[]) => [...new Set(some.map(idOf))]
    const [named, shown] = [ofPosts('mention'), ofPosts('tagged')]
    const [mentioned, tagged] = await Promise.all([posts.mentioned(idsOf(named)), posts.tagged(idsOf(shown))])
    return [
      ...named.filter((fact) => mentioned.get(idOf(fact))?.includes(fact.user_id)),
      ...shown.filter((fact) => tagged.get(idOf(fact))?.includes(fact.user_id)),
    ]
  },
})
