import type { Routes } from '@tintype/contract'
import type { Handlers } from '../../gateway/binding.ts'
import type { Acting } from './acting.ts'
import type { Appeals } from './appeals.ts'
import type { Doors } from './doors.ts'
import type { Queue } from './queue.ts'
import type { Reporting } from './reporting.ts'
import type { Roles } from './roles.ts'
import type { Rules } from './rules.ts'
import type { Status } from './status.ts'
import type { Verifying } from './verifying.ts'

interface Parts {
  doors: Doors
  reporting: Reporting
  acting: Acting
  appeals: Appeals
  queue: Queue
  roles: Roles
  verifying: Verifying
  rules: Rules
  status: Status
}

export const reportHandlers = ({ reporting, appeals, status }: Parts): Handlers<Routes['reports']> => ({
  create: async ({ viewer, body }) => {
    await reporting.report(viewer.user_id, body)
    return {}
  },
  status: ({ viewer }) => status.of(viewer.user_id),
  appeal: async ({ viewer, params, body }) => {
    await appeals.appeal(viewer.user_id, params.act_id, body.text)
    return status.of(viewer.user_id)
  },
  transparency: () => status.transparency(),
})

export const moderationHandlers = (parts: Parts): Handlers<Routes['moderation']> => {
  const { acting, appeals, doors, queue, roles, rules, verifying } = parts
  return {
    cases: ({ viewer, query }) => queue.cases(viewer, query),
    case: ({ params }) => queue.case(params),
    assign: ({ viewer, params, body }) => queue.assign(viewer, params, body.mine),
    dismiss: async ({ viewer, body }) => ({ dismissed: await acting.dismiss(viewer, body.cases) }),
    act: async ({ viewer, params, body }) => {
      await acting.decide(viewer, params, body)
      return queue.case(params)
    },
    actOnMember: async ({ viewer, params, body }) => {
      const { user } = await queue.memberNamed(params.username)
      await acting.actOnMember(viewer, user.user_id, body)
      return queue.member(params.username)
    },
    lift: async ({ viewer, params }) => {
      await acting.lift(viewer, params.act_id)
      return queue.act(params.act_id)
    },
    appeals: ({ query }) => queue.appeals(query),
    decideAppeal: async ({ viewer, params, body }) => {
      await appeals.decide(viewer, params.act_id, body)
      return queue.act(params.act_id)
    },
    members: ({ query }) => queue.members(query),
    member: ({ params }) => queue.member(params.username),
    giveRole: async ({ viewer, params, body }) => {
      const { user } = await queue.memberNamed(params.username)
      await roles.give(viewer, user.user_id, body.role)
      return queue.memberNamed(params.username)
    },
    verify: async ({ viewer, params, body }) => {
      const { user } = await queue.memberNamed(params.username)
      await verifying.verify(viewer, user.user_id, body.verified)
      return queue.memberNamed(params.username)
    },
    audit: ({ query }) => queue.audit(query),
    templates: () => rules.templates(),
    saveTemplates: ({ viewer, body }) => rules.saveTemplates(viewer, body.templates),
    settings: () => rules.settings(),
    bans: () => doors.bans(),
    ban: ({ viewer, body }) => doors.ban(viewer, body),
    unban: async ({ viewer, params }) => {
      await doors.unban(viewer, params.ban_id)
      return {}
    },
    words: () => doors.words(),
    saveWords: ({ viewer, body }) => doors.saveWords(viewer, body.words),
    changeSettings: ({ viewer, body }) => rules.change(viewer, body),
  }
}
