import { type LiveId, liveSubject, type SubjectRef } from '@tintype/contract'
import type { JudgeSubjects, LookedAt, Moderated, SubjectKind, SubjectPreview } from '../subject.ts'
import type { LiveDeps } from './deps.ts'
import { setLiveRemoved } from './live-store.ts'
import type { LiveReader } from './reader.ts'

type KindDeps = Pick<LiveDeps, 'db' | 'outbox' | 'people'> & { reader: LiveReader }

const idOf = ({ id }: SubjectRef) => id as LiveId
const pathOf = (id: LiveId) => `/live/${id}`

/** Lives, as others point at them. */
export function liveKind({ outbox, people, reader }: KindDeps): SubjectKind {
  const visible: JudgeSubjects = async (viewerId, subjects) =>
    new Set((await reader.visible(viewerId, subjects.map(idOf))).keys())
  return {
    kind: 'live',
    visible,
    async previews(viewerId, subjects) {
      const lives = [...(await reader.visible(viewerId, subjects.map(idOf))).values()]
      const hosts = await people.summaries([...new Set(lives.map((live) => live.host_id))])
      return new Map(
        lives.flatMap(({ live_id, host_id, title }): [string, SubjectPreview][] => {
          const author = hosts.get(host_id)
          if (!author) return []
          const shown = { type: 'article' as const, address: pathOf(live_id), author, text: title }
          return [[live_id, { subject: liveSubject(live_id), ...shown, picture: null }]]
        }),
      )
    },
    moderated: moderatedLives(outbox, reader),
    ends: { 'live.deleted': ({ live_id }) => [liveSubject(live_id)] },
  }
}

/** Moderators of the community take a live from view, which ends it: its source is closed a moment later. */
function moderatedLives(outbox: KindDeps['outbox'], reader: LiveReader): Moderated {
  const change = async (
    tx: Parameters<NonNullable<Moderated['remove']>>[0],
    subject: SubjectRef,
    removed: boolean,
  ): Promise<boolean> => {
    const live_id = idOf(subject)
    const host_id = await setLiveRemoved(tx, live_id, removed)
    if (!host_id) return false
    const type = removed ? 'live.removed' : 'live.restored'
    await outbox.append(tx, [{ type, payload: { live_id, host_id } }])
    return true
  }
  return {
    async look(subjects) {
      const lives = await reader.records(subjects.map(idOf))
      return new Map(
        [...lives.values()].map(({ live_id, host_id, title, removed }): [string, LookedAt] => [
          live_id,
          { member_id: host_id, text: title, media: [], address: pathOf(live_id), sensitive: false, removed },
        ]),
      )
    },
    remove: (tx, subject) => change(tx, subject, true),
    restore: (tx, subject) => change(tx, subject, false),
  }
}
