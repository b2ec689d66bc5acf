import type { AnyRouter } from '@tanstack/react-router'
import { entities } from '../data/entities/entities.ts'
import { forgetQueries, meQuery } from '../data/member.ts'
import { queryClient } from '../data/query-client.ts'
import { type EndReason, onSessionEnd } from '../data/session-end.ts'
import { writeStored } from '../data/storage.ts'
import { t } from '../kit/messages.ts'
import { toast } from '../ui/toast.ts'

/** Unfinished posts and messages that are kept on this device, and views of stories that could not be sent. */
async function forgetDrafts(): Promise<void> {
  for (const mark of ['tintype.sharing', 'tintype.sharing-story', 'tintype.views', 'tintype.unsent'] as const)
    writeStored(mark, null)
  const [posts, stories, outbox, drafts] = await Promise.all([
    import('../features/composer/draft/draft-shelf.ts'),
    import('../features/story-composer/draft/story-shelf.ts'),
    import('../data/direct/outbox.ts'),
    import('../data/direct/drafts.ts'),
  ])
  drafts.forgetDrafts()
  await Promise.all([posts.forgetAllDrafts(), new stories.StoryShelf().forgetAll(), outbox.forgetOutbox()])
}

const STORED_MEMBER = 'tintype.member'

/** Another tab logged out, or in as somebody else: what this one shows is no longer theirs to see. */
function reloadOnOtherMember(): void {
  window.addEventListener('storage', ({ key, newValue }) => {
    if (key !== STORED_MEMBER) return
    const id = newValue ? (JSON.parse(newValue) as { user_id?: string }).user_id : undefined
    if (id !== queryClient.getQueryData(meQuery.queryKey)?.user_id) location.reload()
  })
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
    queryClient.setQueryData(meQuery.queryKey, null)
    // A session that ran out is taken up again by the same member, who finds what they were writing.
    if (reason !== 'expired') void forgetDrafts()
    if (reason === 'expired') toast(t('login.ended'))
    void import('../data/push.ts').then(({ forgetPush }) => forgetPush(reason))
    void leave(router, reason)
  })
}
