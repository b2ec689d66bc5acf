import type { AnyRouter } from '@tanstack/react-router'
import { entities } from '../data/entities/entities.ts'
import { forgetQueries, meQuery } from '../data/member.ts'
import { queryClient } from '../data/query-client.ts'
import { type EndReason, onSessionEnd } from '../data/session-end.ts'
import { idIn } from '../data/shown-member.ts'
import { readStored } from '../data/storage.ts'
import { t } from '../kit/messages.ts'
import { toast } from '../ui/toast.ts'

const STORED_MEMBER = 'tintype.member'

/** Another page logged out, or in as somebody else: what this one shows is no longer theirs to see. One that was left and is come back to heard of nothing. */
function reloadOnOtherMember(): void {
  const look = () => {
    if (idIn(readStored(STORED_MEMBER)) !== queryClient.getQueryData(meQuery.queryKey)?.user_id)
      location.reload()
  }
  window.addEventListener('storage', ({ key }) => key === STORED_MEMBER && look())
  window.addEventListener('pageshow', ({ persisted }) => persisted && look())
}

/** First the screens go, then what they showed: one that is still there would ask for it anew, as nobody. */
async function leave(router: AnyRouter, reason: EndReason): Promise<void> {
  await router.navigate({ to: '/login', search: reason === 'deleted' ? { deleted: true } : {} })
  forgetQueries()
  entities.clear()
  await router.invalidate()
}

/** When the session is over: forget the member, show the log-in. */
export function leaveOnSessionEnd(router: AnyRouter): void {
  reloadOnOtherMember()
  onSessionEnd((reason) => {
    const was = queryClient.getQueryData(meQuery.queryKey)?.user_id
    queryClient.setQueryData(meQuery.queryKey, null)
    // A session that ran out is taken up again by the same member, who finds what they were writing.
    if (reason !== 'expired') void import('./forget-drafts.ts').then(({ forgetDrafts }) => forgetDrafts(was))
    if (reason === 'expired') toast(t('login.ended'))
    void import('../data/push.ts').then(({ forgetPush }) => forgetPush(reason, was))
    void leave(router, reason)
  })
}
