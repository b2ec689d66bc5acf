import type { UserId } from '@tintype/contract'
import type { Judges } from '../../access/visibility.ts'
import type { SubjectKind } from '../subject.ts'

/** Members, as others point at them: the head of their profile. */
export const memberKind = (graph: Judges): SubjectKind => ({
  kind: 'member',
  async visible(viewerId, subjects) {
    const ids = subjects.map(({ id }) => id as UserId)
    const see = await graph.judge(viewerId, ids)
    return new Set(ids.filter((id) => see(id) !== 'hidden'))
  },
  media: { avatar: { access: 'public' } },
})
