import { Outlet, useParams, useRouterState } from '@tanstack/react-router'
import type { ConversationId } from '@tintype/contract'
import { useEffect } from 'react'
import { listenToMessages } from '../../data/direct/live-direct.ts'
import { useConversation } from '../../data/entities/entities.ts'
import { useIsPhone } from '../../shell/viewport.ts'
import styles from './DirectScreen.module.css'
import { InboxPane } from './inbox/InboxPane.tsx'

/** The conversations and beside them the one that is open; on a phone one at a time. */
export default function DirectScreen() {
  const phone = useIsPhone()
  const { conversationId } = useParams({ strict: false })
  const inRequests = useRouterState({ select: ({ location }) => location.pathname === '/direct/requests' })
  const isRequest = useConversation(conversationId as ConversationId | undefined)?.viewer.status === 'request'
  useEffect(listenToMessages, [])
  if (phone && conversationId) return <Outlet />
  return (
    <div className={styles.direct}>
      <InboxPane folder={inRequests || isRequest ? 'requests' : 'inbox'} open={conversationId} />
      <div className={styles.pane}>
        <Outlet />
      </div>
    </div>
  )
}
