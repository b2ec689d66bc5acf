import { bind } from '../../gateway/binding.ts'
import type { ModuleParts } from '../module.ts'
import { Acting } from './acting.ts'
import { Appeals } from './appeals.ts'
import { Audit, type Verified } from './audit.ts'
import { moderationConsumers } from './consumers.ts'
import type { ModerationDeps } from './deps.ts'
import { Doors } from './doors.ts'
import { moderationHandlers, reportHandlers } from './handlers.ts'
import { Judging } from './judging.ts'
import { ModerationMails } from './mails.ts'
import { actKinds } from './notices.ts'
import { moderationData } from './personal-store.ts'
import { Queue } from './queue.ts'
import { Recognising } from './recognising.ts'
import { Reporting } from './reporting.ts'
import { Roles } from './roles.ts'
import { Rules } from './rules.ts'
import { SpamCases } from './spam/spam-cases.ts'
import { Status } from './status.ts'
import { ModerationUpkeep } from './upkeep.ts'
import { Verifying } from './verifying.ts'

export { bansOf } from './doors.ts'
export { KnownPictures } from './known-pictures.ts'
export { moderationNotices } from './notices.ts'
export { Spam } from './spam/spam.ts'
export { Thresholds } from './thresholds.ts'
export { Words } from './words.ts'

export interface ModerationModule extends ModuleParts {
  service: Pick<Appeals, 'appeal' | 'suspension'>
  audit: Pick<Audit, 'append'>
  verifyAudit(): Promise<Verified>
}

/** Reports, and what moderators make of them. */
export function moderationModule(deps: ModerationDeps): ModerationModule {
  const audit = new Audit(deps)
  const acting = new Acting(deps, audit)
  const appeals = new Appeals({ ...deps, acting, audit })
  const upkeep = new ModerationUpkeep({ ...deps, acting, audit })
  const doors = new Doors(deps, audit)
  const spam = new SpamCases(deps)
  const parts = {
    doors,
    reporting: new Reporting(deps),
    acting,
    appeals,
    queue: new Queue(deps, acting),
    roles: new Roles(deps, audit),
    verifying: new Verifying(deps, audit),
    rules: new Rules(deps, audit),
    status: new Status(deps),
  }
  return {
    service: appeals,
    audit,
    verifyAudit: () => audit.verify(),
    personal: moderationData(deps.db),
    routes: [...bind('reports', reportHandlers(parts)), ...bind('moderation', moderationHandlers(parts))],
    consumers: moderationConsumers(
      new ModerationMails(deps),
      new Recognising(deps),
      new Judging({ ...deps, acting }),
      spam,
    ),
    subjects: actKinds(deps),
    rebuilds: [{ name: 'spam-model', run: () => spam.train() }],
    erase: (member) => upkeep.erase(member),
    schedules: [
      { name: 'moderation.ending', everySeconds: 60, run: (signal) => upkeep.endDue(signal) },
      { name: 'moderation.bans', everySeconds: 86_400, run: () => doors.forgetOld() },
      {
        name: 'moderation.spam',
        everySeconds: 86_400,
        async run() {
          await spam.train()
        },
      },
      { name: 'moderation.kept', everySeconds: 3600, run: (signal) => upkeep.purgeRemoved(signal) },
    ],
  }
}
