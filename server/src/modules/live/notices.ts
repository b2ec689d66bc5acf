import { type LiveId, liveSubject } from '@tintype/contract'
import { createT } from '@tintype/contract/core/texts'
import { begins, factOf, type Notices } from '../notice.ts'
import type { LiveReader } from './reader.ts'

const t = createT({ live: '{actor} is live' })

/** Followers are told once that somebody has gone live. */
export const liveNotices = (reader: Pick<LiveReader, 'records'>): Notices => ({
  on: {
    'live.announced': ({ live_id, host_id, follower_ids }) =>
      begins(...follower_ids.map((id) => factOf('live', id, host_id, liveSubject(live_id)))),
  },
  ofOthers: ['live'],
  pushes: { live: { kind: 'live', body: ({ actor }) => t('live', { actor }) } },
  async stillTrue(facts) {
    const ours = facts.filter(({ type }) => type === 'live')
    const lives = await reader.records(ours.map(({ subject }) => subject.id as LiveId))
    return ours.filter(({ subject, actor_id }) => lives.get(subject.id as LiveId)?.host_id === actor_id)
  },
})
