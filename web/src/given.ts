import { API_PREFIX } from '@tintype/contract'
import { queryClient } from './api/query-client.ts'
import { writeStored } from './api/storage.ts'
import { askBy, fromReplies, type Replies } from './api/transport.ts'
import { firstPaint } from './ui/first-paint.ts'

/** What a page brings along that the server has drawn: the replies it was drawn from. */
export interface Given {
  phone: boolean
  replies: Replies
}

/** Id of the block it stands in. */
export const GIVEN = 'given'
export const ME = `${API_PREFIX}/users/me`

/** Lets the app begin where the server ended; false where the page brought nothing along. */
export function takeOver(): boolean {
  const text = document.getElementById(GIVEN)?.textContent
  if (!text) return false
  const { phone, replies } = JSON.parse(text) as Given
  // The cookies speak, even where this browser has forgotten that there is a session.
  if (replies[ME]) writeStored('tintype.session', '1')
  const goBack = askBy(fromReplies(replies))
  const usual = queryClient.getDefaultOptions()
  // What the server could not show is shown so first, too, and asked for again later.
  queryClient.setDefaultOptions({ ...usual, queries: { ...usual.queries, retryOnMount: false } })
  Object.assign(firstPaint, { active: true, phone })
  firstPaint.end = () => {
    goBack()
    queryClient.setDefaultOptions(usual)
    // What was done to the page before (public/start.js) comes now.
    document.dispatchEvent(new Event('tintype:ready'))
  }
  return true
}
