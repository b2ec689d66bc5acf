import { type Events, type PostId, postSubject } from '@tintype/contract'
import { createT } from '@tintype/contract/core/texts'
import { begins, ends, type Fact, factOf, type Notices } from '../notice.ts'
import type { PostsReader } from './reader.ts'

const t = createT({ mention: '{actor} mentioned you in a post' })

const mentions = (e: Pick<Events['post.published'], 'mentioned_ids' | 'author_id' | 'post_id'>) =>
  e.mentioned_ids.map((id) => factOf('mention', id, e.author_id, postSubject(e.post_id)))

/** Mentions in captions. */
export const postNotices = (posts: Pick<PostsReader, 'mentioned'>): Notices => ({
  on: {
    'post.published': (e) => begins(...mentions(e)),
    'post.edited': (e) => [
      ...begins(...mentions(e)),
      ...ends(...mentions({ ...e, mentioned_ids: e.unmentioned_ids ?? [] })),
    ],
  },
  pushes: { 'mention post': { kind: 'mention', body: ({ actor }) => t('mention', { actor }) } },
  async stillTrue(facts) {
    const ours = facts.filter(({ type, subject }) => type === 'mention' && subject.kind === 'post')
    const idOf = ({ subject }: Fact) => subject.id as PostId
    const mentioned = await posts.mentioned([...new Set(ours.map(idOf))])
    return ours.filter((fact) => mentioned.get(idOf(fact))?.includes(fact.user_id))
  },
})
