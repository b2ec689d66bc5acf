import type { Events } from '@tintype/contract'
import { createT } from '@tintype/contract/core/texts'
import { begins, ends, factOf, type Notices, whoDid } from '../notice.ts'
import type { GraphReader } from './reader.ts'

const t = createT({
  follow: '{who} started following you',
  request: '{actor} asks to follow you',
  accepted: '{actor} accepted your request',
})

type Edge = Events['user.followed']
const requestOf = (e: Edge) => factOf('follow_request', e.followee_id, e.follower_id)
const followOf = (e: Edge) => factOf('follow', e.followee_id, e.follower_id)
const acceptanceOf = (e: Edge) => factOf('follow_accepted', e.follower_id, e.followee_id)

/** Follows, requests and their acceptance. */
export const graphNotices = (graph: Pick<GraphReader, 'relationshipsOf'>): Notices => ({
  on: {
    // Whoever let them follow need not be told that they follow.
    'user.followed': (e) => (e.requested ? ends(requestOf(e)) : begins(followOf(e))),
    'user.unfollowed': (e) => ends(followOf(e), acceptanceOf(e)),
    'user.follow_requested': (e) => begins(requestOf(e)),
    'user.follow_request_withdrawn': (e) => ends(requestOf(e)),
    'user.follow_request_rejected': (e) => ends(requestOf(e)),
    'user.follow_accepted': (e) => [...begins(acceptanceOf(e)), ...ends(requestOf(e))],
  },
  pushes: {
    follow: { kind: 'follow', body: (about) => t('follow', { who: whoDid(about) }) },
    follow_request: { kind: 'follow', body: ({ actor }) => t('request', { actor }) },
    follow_accepted: { kind: 'follow', body: ({ actor }) => t('accepted', { actor }) },
  },
  async stillTrue(facts) {
    const ours = facts.filter(({ type }) => type.startsWith('follow'))
    const found = await graph.relationshipsOf(ours.map((fact) => ({ from: fact.user_id, to: fact.actor_id })))
    return ours.filter(({ type, user_id, actor_id }) => {
      const actor = found.get(user_id)?.get(actor_id)
      if (type === 'follow') return actor?.followed_by
      return type === 'follow_request' ? actor?.requested_by : actor?.following
    })
  },
})
