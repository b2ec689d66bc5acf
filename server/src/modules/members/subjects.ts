import { memberSubject, type SubjectRef, type UserId, type UserSummary } from '@tintype/contract'
import type { Judges } from '../../access/visibility.ts'
import type { LookedAt, SubjectKind, SubjectPreview } from '../subject.ts'
import type { MembersReader } from './reader.ts'

export interface MemberKindDeps {
  graph: Judges
  people: { summaries(ids: readonly UserId[]): Promise<Map<UserId, UserSummary>> }
  reader: Pick<MembersReader, 'byUsername' | 'own'>
}

const PAGE = /^\/([\w.]{3,30})\/?$/

/** Members, as others point at them: the head of their profile, which only those do not see from whom they are hidden. */
export function memberKind({ graph, people, reader }: MemberKindDeps): SubjectKind {
  const visible = async (viewerId: UserId | null, subjects: readonly SubjectRef[]) => {
    const ids = subjects.map(({ id }) => id as UserId)
    const see = await graph.judge(viewerId, ids)
    return new Set(ids.filter((id) => see(id) !== 'hidden'))
  }
  return {
    kind: 'member',
    visible,
    async previews(viewerId, subjects) {
      const members = await people.summaries([...(await visible(viewerId, subjects))])
      return new Map([...members].map(([id, member]) => [id, previewOf(member)]))
    },
    async at(path) {
      const [, username] = PAGE.exec(path) ?? []
      const member = username ? await reader.byUsername(username) : undefined
      return member && memberSubject(member.user_id)
    },
    media: { avatar: { access: 'public' } },
    moderated: {
      async look(subjects) {
        const members = await Promise.all(subjects.map(({ id }) => reader.own(id as UserId)))
        return new Map(
          members.flatMap((member): [string, LookedAt][] => {
            if (!member) return []
            const { user_id, username, full_name, bio } = member
            const text = [full_name, bio].filter(Boolean).join('\n')
            const plain = { media: [], sensitive: false, removed: false }
            return [[user_id, { member_id: user_id, text, address: `/${username}`, ...plain }]]
          }),
        )
      },
    },
  }
}

const previewOf = (member: UserSummary): SubjectPreview => ({
  subject: memberSubject(member.user_id),
  type: 'profile',
  address: `/${member.username}`,
  author: member,
  text: '',
  picture: null,
})
