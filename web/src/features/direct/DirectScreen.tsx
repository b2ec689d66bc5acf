import { Outlet, useParams, useRouterState } from '@tanstack/react-router'
import type { ConversationId } from '@tintype/contract'
import { useEffect } from 'react'
import type { Folder } from '../../data/direct/conversations.ts'
import { listenToMessages } from '../../data/direct/live-direct.ts'
import { useConversation } from '../../data/entities/entities.ts'
import type { ConversationEntity } from '../../data/entities/types.ts'
import { useIsPhone } from '../../shell/viewport.ts'
import styles from './DirectScreen.module.css'
import { InboxPane } from './inbox/InboxPane.tsx'

const folderOf = (path: string, viewer: ConversationEntity['viewer'] | undefined): Folder => {
  if (path === '/direct/filtered' || viewer?.filtered) return 'filtered'
  return path === '/direct/requests' || viewer?.status === 'request' ? 'requests' : 'inbox'
}

/** The conversations and beside them the one that is open; on a phone one at a time. */
export default function DirectScreen() {
  const phone = useIsPhone()
  const { conversationId } = useParams({ strict: false })
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const viewer = useConversation(conversationId as ConversationId | undefined)?.viewer
  useEffect(listenToMessages, [])
  if (phone && conversationId) return <Outlet />
  return (
    <div className={styles.direct}>
      <InboxPane folder={folderOf(path, viewer)} open={conversationId} />
      <div className={styles.pane}>
        <Outlet />
      </div>
    </div>
  )
}
