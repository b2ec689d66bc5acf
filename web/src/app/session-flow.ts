import type { AnyRouter } from '@tanstack/react-router'
import { forgetQueries, meQuery } from '../api/member.ts'
import { queryClient } from '../api/query-client.ts'
import { onSessionEnd } from '../api/session-end.ts'
import { entities } from '../entities/entities.ts'
import { t } from '../messages.ts'
import { toast } from '../ui/toast.ts'

/** When the session is over: forget the member, show the log-in. */
export function leaveOnSessionEnd(router: AnyRouter): void {
  onSessionEnd((reason) => {
    forgetQueries()
    entities.clear()
    queryClient.setQueryData(meQuery.queryKey, null)
    if (reason === 'expired') toast(t('login.ended'))
    if (reason === 'deleted') toast(t('deleteAccount.done'))
    void router.navigate({ to: '/login' }).then(() => router.invalidate())
  })
}
