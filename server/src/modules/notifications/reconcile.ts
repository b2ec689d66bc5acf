import type { NotificationId, Relationship, UserId } from '@tintype/contract'
import type { Db, Tx } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import { newId } from '../../kit/ids.ts'
import type { Fact, Notices } from '../notice.ts'
import { type Subjects, subjectKey } from '../subject.ts'
import { changesOf, type DatedClaim, factKey } from './facts.ts'
import * as groups from './group-store.ts'
import { joinGroups, placeOf } from './groups.ts'
import * as store from './store.ts'

interface Pair {
  from: UserId
  to: UserId
}

export interface ReconcileDeps {
  db: Db
  outbox: Pick<Outbox, 'append'>
  graph: {
    /** Absent: those who are gone, and those blocked either way. */
    relationshipsOf(pairs: readonly Pair[]): Promise<Map<UserId, Map<UserId, Relationship>>>
    /** Those of which one has what the other does kept back. */
    heldBack(pairs: readonly Pair[]): Promise<readonly Pair[]>
  }
  subjects: Pick<Subjects, 'visible' | 'place'>
  /** Of every module that tells members of something. */
  notices: readonly Notices[]
}

/**
 * Makes notifications agree with the truth for the facts that events point at. An event is only a hint where to look: so
 * events may come twice, late or out of order, and a batch of them costs a few reads.
 */
export async function reconcile(deps: ReconcileDeps, claims: readonly DatedClaim[]): Promise<Set<UserId>> {
  const begun = new Map<string, DatedClaim>()
  const over = new Map<string, DatedClaim>()
  for (const claim of claims) {
    const key = factKey(claim.fact)
    if (claim.stands) begun.set(key, claim)
    else over.set(key, claim)
  }
  const facts = [...new Map([...over, ...begun]).values()].map(({ fact }) => fact)
  const due = await toBeNotified(deps, facts)
  const added = [...begun.values()].filter(({ fact }) => due.has(factKey(fact)))
  const removed = [...over.values()].filter(({ fact }) => !due.has(factKey(fact)))
  await write(deps, added, removed)
  return new Set([...added, ...removed].map(({ fact }) => fact.user_id))
}

/** A fact that is told already stays as it is, read or not. One that was taken back stands again, as old as it was; after so long it is news. */
const OLD_MS = 30 * 86_400_000

async function write(
  { db, outbox }: ReconcileDeps,
  added: readonly DatedClaim[],
  removed: readonly DatedClaim[],
): Promise<void> {
  const members = [...new Set([...added, ...removed].map(({ fact }) => fact.user_id))]
  if (members.length === 0) return
  await db.tx(async (tx) => {
    await groups.lockMembers(tx, members)
    const before = await store.knownFacts(tx, factsOf(added))
    const known = new Map(before.map(({ place, withdrawn_at }) => [place, withdrawn_at]))
    const isNews = ({ at }: DatedClaim, place: number): boolean => {
      const withdrawn = known.get(place)
      return !known.has(place) || (withdrawn != null && withdrawn.getTime() < at - OLD_MS)
    }
    await store.restoreFacts(tx, factsOf(added.filter((claim, place) => !isNews(claim, place))))
    const begun = await add(tx, added.filter(isNews))
    const ended = await store.withdrawFacts(
      tx,
      removed.map(({ fact, at }) => ({ ...fact, at: new Date(at) })),
    )
    await outbox.append(tx, changesOf(begun, ended))
  })
}

async function add(tx: Tx, news: readonly DatedClaim[]): Promise<groups.GroupName[]> {
  if (news.length === 0) return []
  const dated = news.map(({ fact, at }) => ({
    ...fact,
    notification_id: newId<NotificationId>({ now: () => at }),
    created_at: new Date(at),
  }))
  const open = await groups.openGroups(
    tx,
    dated.map((fact) => ({ ...fact, place_id: placeOf(fact) })),
  )
  const joined = joinGroups(dated, open)
  await groups.writeGroups(tx, joined.groups)
  await store.addNotifications(
    tx,
    dated.map((fact) => ({ ...fact, group_id: joined.groupOf.get(fact) ?? fact.notification_id })),
  )
  return joined.groups
}

const factsOf = (claims: readonly DatedClaim[]): Fact[] => claims.map(({ fact }) => fact)

/** The keys of those facts that are true, and that their member may see and wants to know of. */
async function toBeNotified(deps: ReconcileDeps, facts: readonly Fact[]): Promise<Set<string>> {
  const pairs = facts.map((fact) => ({ from: fact.user_id, to: fact.actor_id }))
  const [stillTrue, relationships, held, seen] = await Promise.all([
    Promise.all(deps.notices.map((notices) => notices.stillTrue(facts))),
    deps.graph.relationshipsOf(pairs),
    deps.graph.heldBack(pairs),
    seenPlaces(deps, facts),
  ])
  const heldBack = new Set(held.map(({ from, to }) => `${from} ${to}`))
  const due = stillTrue.flat().filter((fact) => {
    const actor = relationships.get(fact.user_id)?.get(fact.actor_id)
    const isWanted =
      fact.actor_id === fact.user_id ||
      (actor && !actor.muting && !heldBack.has(`${fact.user_id} ${fact.actor_id}`))
    return isWanted && seen(fact)
  })
  return new Set(due.map(factKey))
}

/**
 * Whether a fact's member sees where it happened: the post under which a comment stands, not the comment too, which costs more and which
 * its writer's relations answer. Most happened to what is the member's own, which takes no look at whom they follow.
 */
async function seenPlaces(
  { subjects }: ReconcileDeps,
  facts: readonly Fact[],
): Promise<(fact: Fact) => boolean> {
  const keyOf = (fact: Fact) => subjectKey(subjects.place(fact.subject))
  const seen = await Promise.all(
    [...Map.groupBy(facts, (fact) => fact.user_id)].map(async ([userId, theirs]) => {
      const places = new Map(theirs.map((fact) => [keyOf(fact), subjects.place(fact.subject)]))
      return [userId, await subjects.visible(userId, [...places.values()])] as const
    }),
  )
  const byMember = new Map(seen)
  return (fact) => byMember.get(fact.user_id)?.has(keyOf(fact)) ?? false
}
