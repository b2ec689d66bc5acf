import { type Events, type PostId, postSubject } from '@tintype/contract'
import { createT } from '@tintype/contract/core/texts'
import { begins, ends, factOf, type Notices, whoDid } from '../notice.ts'
import type { RepostsReader } from './reader.ts'

const t = createT({ one: '{who} reposted your post', many: '{who} reposted {count} of your posts' })

const factFor = ({ post_id, author_id, user_id }: Events['post.reposted']) =>
  factOf('repost', author_id, user_id, postSubject(post_id))

/** That others passed on what one posted. */
export const repostNotices = (reader: Pick<RepostsReader, 'existing'>): Notices => ({
  on: {
    'post.reposted': (e) => begins(factFor(e)),
    'post.unreposted': (e) => ends(factFor(e)),
  },
  pushes: {
    repost: {
      kind: 'like',
      body: (about) =>
        about.things > 1
          ? t('many', { who: whoDid(about), count: about.things })
          : t('one', { who: whoDid(about) }),
    },
  },
  async stillTrue(facts) {
    const ours = facts.filter(({ type }) => type === 'repost')
    const there = await reader.existing(
      ours.map(({ subject, actor_id }) => ({ post_id: subject.id as PostId, user_id: actor_id })),
    )
    return ours.filter(({ subject, actor_id }) => there.has(`${subject.id} ${actor_id}`))
  },
})
