import type { ModeratorAct, ReportableKind, WholeCase } from '@tintype/contract'
import { type Person, photo, type TestSystem } from '@tintype/testkit'

/** What a call came to: `fine`, or the code it was refused with. */
export const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'fine',
    (error) => error.code,
  )

export const tiny = () => photo(1, { width: 32, height: 32, format: 'png' })

type Thing = { kind: ReportableKind; id: string; partition?: string }
export const report = (by: Person, thing: Thing, reason: 'spam' | 'hate' = 'spam') =>
  by.api.reports.create({ body: { ...thing, reason } })

export const paramsOf = ({ kind, id }: Thing) => ({ kind, subject_id: id })

/** A moderator decides what was reported. */
export const act = (
  by: Person,
  thing: Thing,
  what: ModeratorAct,
  more: { days?: number } = {},
): Promise<WholeCase> =>
  by.api.moderation.act({
    params: paramsOf(thing),
    body: { act: what, rule: 'spam', message: 'Not here, please.', note: 'as before', ...more },
  })

/** Gives roles: the first of the system is the owner. */
export async function staff(owner: Person, roles: Record<string, Person>): Promise<void> {
  for (const [role, person] of Object.entries(roles)) {
    await owner.prove()
    await owner.api.moderation.giveRole({
      params: { username: person.username },
      body: { role: role.startsWith('admin') ? 'admin' : 'moderator' },
    })
  }
}

export async function runSchedules(system: TestSystem, names: readonly string[]): Promise<void> {
  for (const { name, run } of system.system.schedules)
    if (names.includes(name)) await run(new AbortController().signal)
  await system.settle()
}
