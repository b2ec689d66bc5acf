import { useQuery } from '@tanstack/react-query'
import type { StoryList, UserId } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { entities } from '../../data/entities/entities.ts'
import { queryClient } from '../../data/query-client.ts'
import { reportError } from '../../data/report-error.ts'
import { userList } from '../people/people-lists.ts'
import { storiesOf } from './story-lists.ts'

const routes = {
  close_friends: ['addCloseFriend', 'removeCloseFriend'],
  hidden_from: ['hideFrom', 'unhideFrom'],
  muted: ['mute', 'unmute'],
} as const satisfies Record<StoryList, unknown>

export const closeFriendsList = userList(['close-friends'], (query, signal) =>
  api.stories.closeFriends({ query, signal }),
)
export const hiddenFromList = userList(['hidden-from'], (query, signal) =>
  api.stories.hiddenFrom({ query, signal }),
)
export const storiesMutedList = userList(['stories-muted'], (query, signal) =>
  api.stories.muted({ query, signal }),
)

/** Puts a member into one of the viewer's lists for stories, or takes them out; says whether that was done. */
export async function setListed(list: StoryList, user_id: UserId, want: boolean): Promise<boolean> {
  const username = entities.get('users', user_id)?.username ?? ''
  const [add, remove] = routes[list]
  try {
    await api.stories[want ? add : remove]({ params: { username } })
  } catch (error) {
    reportError(error)
    return false
  }
  if (list === 'muted') {
    const { queryKey } = storiesOf(username)
    queryClient.setQueryData(queryKey, (known) => known && { ...known, muted: want })
    void queryClient.invalidateQueries({ queryKey: ['stories', 'tray'] })
  }
  return true
}

/** Whether the viewer has muted somebody's stories, as far as they were asked for. */
export function useStoriesMuted(username: string): boolean {
  return useQuery({ ...storiesOf(username), enabled: false }).data?.muted ?? false
}
