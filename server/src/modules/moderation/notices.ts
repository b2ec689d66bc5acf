import { type ActId, type Events, moderationSubject, type UserId } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import { begins, type Fact, factOf, type Notices } from '../notice.ts'
import type { SubjectKind, SubjectPreview } from '../subject.ts'
import { readActs } from './act-store.ts'
import type { ModerationDeps } from './deps.ts'

const kinds = ['moderation_act', 'moderation_answer'] as const
type Kind = (typeof kinds)[number]

const factFor = (kind: Kind, { user_id, act_id }: Pick<Events['moderation.acted'], 'user_id' | 'act_id'>) =>
  factOf('moderation', user_id, user_id, moderationSubject(kind, user_id, act_id))

/** What moderators did, and what they answered. Who of them it was nobody is told: it is of the member themself. */
export const moderationNotices = ({ db }: { db: Db }): Notices => ({
  on: {
    'moderation.acted': (e) => begins(factFor('moderation_act', e)),
    'moderation.lifted': (e) => begins(factFor('moderation_answer', e)),
    'moderation.appeal_refused': (e) => begins(factFor('moderation_answer', e)),
  },
  faceless: ['moderation'],
  // A mail tells of it outside of the app, to whoever has a proven address.
  pushes: {},
  async stillTrue(facts) {
    const ours = facts.filter(({ type }) => type === 'moderation')
    const idOf = ({ subject }: Fact) => subject.id as ActId
    const acts = ours.length === 0 ? [] : await readActs(db.query, ours.map(idOf))
    const known = new Set(acts.map((act) => act.act_id))
    return ours.filter((fact) => known.has(idOf(fact)))
  },
})

/** Acts, as notices point at them: for their member alone. */
export const actKinds = ({ db, people }: Pick<ModerationDeps, 'db' | 'people'>): SubjectKind[] =>
  kinds.map((kind) => {
    const own = async (viewerId: UserId | null, ids: readonly string[]) => {
      if (viewerId === null) return []
      const acts = await readActs(db.query, ids as ActId[])
      return acts.filter((act) => act.member_id === viewerId)
    }
    const idsOf = (subjects: readonly { id: string }[]) => subjects.map(({ id }) => id)
    return {
      kind,
      visible: async (viewerId, subjects) =>
        new Set((await own(viewerId, idsOf(subjects))).map((act) => act.act_id)),
      async previews(viewerId, subjects) {
        const acts = await own(viewerId, idsOf(subjects))
        const names = await people.summaries([...new Set(acts.map((act) => act.member_id))])
        return new Map(
          acts.flatMap(({ act_id, member_id, excerpt }): [string, SubjectPreview][] => {
            const author = names.get(member_id)
            if (!author) return []
            const subject = moderationSubject(kind, member_id, act_id)
            const shown = { type: 'article' as const, address: '/settings/status', author, picture: null }
            return [[act_id, { subject, text: excerpt, ...shown }]]
          }),
        )
      },
    }
  })
