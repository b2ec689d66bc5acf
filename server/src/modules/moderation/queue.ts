import {
  type AuditEntry,
  type MemberHistory,
  type ModeratedMember,
  type ModerationAct,
  type ModerationCase,
  type Page,
  type QueueQuery,
  type ReportableKind,
  smallestUrl,
  TintypeError,
  type UserId,
  type UserSummary,
  type WholeCase,
} from '@tintype/contract'
import type { Viewer } from '../../gateway/binding.ts'
import { decodeCursor, idCursor, pageOf } from '../../kit/cursor.ts'
import type { StaffView } from '../accounts/api.ts'
import type { LookedAt } from '../subject.ts'
import { type AppealState, actsAbout, actsOn, pageAppeals, readActs, type ToldAct } from './act-store.ts'
import type { Acting } from './acting.ts'
import { hexOf } from './audit.ts'
import { type AuditRow, entriesBefore } from './audit-store.ts'
import type { ModerationDeps } from './deps.ts'
import { alikeOf } from './picture-store.ts'
import { judgedOf } from './score-store.ts'
import { readScore } from './spam/spam-store.ts'
import { toldOf } from './status.ts'
import * as store from './store.ts'
import { strikesOf } from './strikes.ts'

/** Of what a case or a member has, at most. */
const SHOWN = 100
const FOUND = 50

type Names = ReadonlyMap<UserId, UserSummary>
type Paged = { cursor?: string; limit?: number }

/** What moderators look at. */
export class Queue {
  readonly #deps: ModerationDeps
  readonly #acting: Pick<Acting, 'possible'>

  constructor(deps: ModerationDeps, acting: Pick<Acting, 'possible'>) {
    this.#deps = deps
    this.#acting = acting
  }

  async cases(moderator: Viewer, query: QueueQuery): Promise<Page<ModerationCase>> {
    const { state = 'open', kind, mine, limit = 20 } = query
    const rows = await store.pageCases(this.#deps.db.query, {
      state,
      kind,
      assignee: mine ? moderator.user_id : undefined,
      before: idCursor('cases', query.cursor),
      limit: limit + 1,
    })
    const page = pageOf('cases', rows, limit, (row) => [row.last_report_id])
    return { ...page, items: await this.#shown(page.items) }
  }

  async assign(moderator: Viewer, name: store.CaseName, mine: boolean): Promise<ModerationCase> {
    const row = await store.assignCase(this.#deps.db.query, name, mine ? moderator.user_id : null)
    const [shown] = row ? await this.#shown([row]) : []
    if (!shown) throw new TintypeError('not_found')
    return shown
  }

  async case(name: store.CaseName): Promise<WholeCase> {
    const { db, subjects, media } = this.#deps
    const row = await store.readCase(db.query, name)
    const [shown] = row ? await this.#shown([row]) : []
    if (!row || !shown) throw new TintypeError('not_found')
    const [reports, acts, alike, things] = await Promise.all([
      store.reportsOf(db.query, name, SHOWN),
      actsAbout(db.query, name, SHOWN),
      this.#alike(name),
      subjects.moderated(row.kind)?.look([store.subjectOf(row)]),
    ])
    const names = await this.#names([
      ...reports.flatMap(({ reporter_id, copy }) => [reporter_id, ...copy.map((one) => one.sender_id)]),
      ...acts.flatMap(peopleOf),
    ])
    const nameOf = (id: UserId | null) => (id && names.get(id)) ?? null
    const now = things?.get(row.subject_id)
    const pictures = [...(now?.media ?? []).map((one) => one.media_id), ...(await judgedOf(db.query, name))]
    return {
      ...shown,
      now: row.kind === 'message' ? null : nowOf(now),
      reports: reports.map(({ reporter_id, reason, note, automatic, is_open, copy, created_at }) => ({
        reporter: nameOf(reporter_id),
        reason,
        note,
        automatic,
        is_open,
        copy: copy.map(({ sender_id, ...said }) => ({ ...said, sender: nameOf(sender_id) })),
        created_at: created_at.toISOString(),
      })),
      alike,
      scores: (await media.scores([...new Set(pictures)])).toSorted((a, b) => b.score - a.score),
      spam: (await readScore(db.query, name)) ?? null,
      acts: acts.map((act) => shownAct(act, names)),
      strikes: shown.member && (await strikesOf(this.#deps, row.member_id)),
      possible: this.#acting.possible(row.kind),
    }
  }

  /** What was removed that it looks like, as long as it is there. */
  async #alike(name: store.CaseName): Promise<WholeCase['alike']> {
    const rows = await alikeOf(this.#deps.db.query, name)
    const things = await this.#look(rows)
    return rows.map(({ kind, subject_id, rule, created_at }) => ({
      ...{ kind, subject_id, rule, removed_at: created_at.toISOString() },
      thumbnail: thumbnailOf(things.get(kind)?.get(subject_id)),
    }))
  }

  async appeals(query: Paged & { state?: AppealState }): Promise<Page<ModerationAct>> {
    const { state = 'open', limit = 20 } = query
    const before = idCursor<ToldAct['act_id']>('appeals', query.cursor)
    const rows = await pageAppeals(this.#deps.db.query, { state, before, limit: limit + 1 })
    const page = pageOf('appeals', rows, limit, (row) => [row.act_id])
    const names = await this.#names(page.items.flatMap(peopleOf))
    return { ...page, items: page.items.map((act) => shownAct(act, names)) }
  }

  async act(id: ToldAct['act_id']): Promise<ModerationAct> {
    const [act] = await readActs(this.#deps.db.query, [id])
    if (!act) throw new TintypeError('not_found')
    return shownAct(act, await this.#names(peopleOf(act)))
  }

  async members(query: {
    q?: string
    only?: 'staff' | 'silenced' | 'suspended'
  }): Promise<ModeratedMember[]> {
    const rows = await this.#deps.staff.find(query, FOUND)
    const names = await this.#names(rows.map((row) => row.user_id))
    return rows.map((row) => memberOf(row, names))
  }

  /** Suspended ones too; rejects with `not_found`. */
  async memberNamed(username: string): Promise<ModeratedMember> {
    const { members, staff } = this.#deps
    const id = await members.idOf(username.trim().toLowerCase())
    const row = id && (await staff.view([id])).get(id)
    if (!row) throw new TintypeError('not_found')
    return memberOf(row, await this.#names([row.user_id]))
  }

  async member(username: string): Promise<MemberHistory> {
    const { db } = this.#deps
    const member = await this.memberNamed(username)
    const { user_id } = member.user
    const [acts, cases, strikes] = await Promise.all([
      actsOn(db.query, user_id, SHOWN),
      store.casesOf(db.query, user_id, SHOWN),
      strikesOf(this.#deps, user_id),
    ])
    const names = await this.#names(acts.flatMap(peopleOf))
    return {
      ...member,
      strikes,
      acts: acts.map((act) => shownAct(act, names)),
      cases: await this.#shown(cases),
    }
  }

  async audit({ cursor, limit = 20 }: Paged): Promise<Page<AuditEntry>> {
    const [before] = cursor === undefined ? [] : decodeCursor('audit', cursor)
    if (before !== undefined && typeof before !== 'number') throw new TintypeError('bad_cursor')
    const rows = await entriesBefore(this.#deps.db.query, before, limit + 1)
    const page = pageOf('audit', rows, limit, (row) => [row.seq])
    const names = await this.#names(page.items.flatMap((row) => [row.actor_id, row.member_id]))
    return { ...page, items: page.items.map((row) => entryOf(row, names)) }
  }

  async #shown(rows: readonly store.CaseRow[]): Promise<ModerationCase[]> {
    const [counts, names, things] = await Promise.all([
      store.countReasons(this.#deps.db.query, rows),
      this.#names(rows.flatMap((row) => [row.member_id, row.assignee_id])),
      this.#look(rows),
    ])
    return rows.map((row) => {
      const own = counts.filter((one) => one.kind === row.kind && one.subject_id === row.subject_id)
      const counted = row.state === 'open' ? own.filter((one) => one.is_open) : own
      return {
        kind: row.kind,
        subject_id: row.subject_id,
        member: names.get(row.member_id) ?? null,
        state: row.state,
        reports_count: counted.reduce((sum, one) => sum + one.count, 0),
        reasons: counted.map(({ reason, count }) => ({ reason, count })),
        assignee: (row.assignee_id && names.get(row.assignee_id)) ?? null,
        excerpt: row.excerpt,
        thumbnail: thumbnailOf(things.get(row.kind)?.get(row.subject_id)),
        last_reported_at: store.reportedAt(row).toISOString(),
      }
    })
  }

  async #look(rows: readonly (store.CaseName & { partition: string })[]) {
    const looked = await Promise.all(
      [...Map.groupBy(rows, (row) => row.kind)].map(
        async ([kind, some]): Promise<[ReportableKind, ReadonlyMap<string, LookedAt>]> => [
          kind,
          (await this.#deps.subjects.moderated(kind)?.look(some.map(store.subjectOf))) ?? new Map(),
        ],
      ),
    )
    return new Map(looked)
  }

  /** Of members that are there, suspended ones too. */
  async #names(ids: readonly (UserId | null)[]): Promise<Map<UserId, UserSummary>> {
    const { people, staff } = this.#deps
    const wanted = [...new Set(ids.filter((id) => id !== null))]
    const names = await people.summaries(wanted)
    const hidden = await staff.view(wanted.filter((id) => !names.has(id)))
    for (const row of hidden.values()) names.set(row.user_id, faceless(row))
    return names
  }
}

const peopleOf = ({ member_id, moderator_id }: ToldAct): (UserId | null)[] => [member_id, moderator_id]

const thumbnailOf = (thing: LookedAt | undefined): string | null => {
  const [picture] = thing?.media ?? []
  return picture ? smallestUrl(picture) : null
}

const nowOf = (thing: LookedAt | undefined): WholeCase['now'] => {
  if (!thing) return null
  const { member_id: _, ...now } = thing
  return now
}

const shownAct = (row: ToldAct, names: Names): ModerationAct => ({
  ...toldOf(row),
  member: names.get(row.member_id) ?? null,
  moderator: (row.moderator_id && names.get(row.moderator_id)) ?? null,
  note: row.note,
})

const faceless = ({ user_id, username, full_name, is_private, is_verified }: StaffView): UserSummary => ({
  ...{ user_id, username, full_name, is_private, is_verified },
  profile_picture: null,
})

const memberOf = (row: StaffView, names: Names): ModeratedMember => ({
  user: names.get(row.user_id) ?? faceless(row),
  role: row.role,
  silenced: row.is_silenced,
  suspended: row.suspended_at !== null,
  suspended_until: row.suspended_until?.toISOString() ?? null,
  joined_at: row.created_at.toISOString(),
})

const entryOf = (row: AuditRow, names: Names): AuditEntry => ({
  seq: row.seq,
  at: row.at.toISOString(),
  actor: (row.actor_id && names.get(row.actor_id)) ?? null,
  action: row.action,
  member: (row.member_id && names.get(row.member_id)) ?? null,
  kind: row.kind,
  subject_id: row.subject_id,
  why: row.why,
  hash: hexOf(row.hash),
})
