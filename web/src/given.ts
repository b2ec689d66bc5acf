import type { AnyRouter } from '@tanstack/react-router'
import { API_PREFIX } from '@tintype/contract'
import type { Sort } from './data/posts.ts'
import { queryClient } from './data/query-client.ts'
import { readStored, writeStored } from './data/storage.ts'
import { askBy, fromReplies, type Replies } from './data/transport.ts'
import { firstPaint } from './ui/first-paint.ts'

/** What a page brings along that the server has drawn: the replies it was drawn from, and what else it depends on. */
export interface Given {
  /** What was drawn, as the router has it (`addressIn`): where a redirect led to. */
  address: string
  phone: boolean
  sort: Sort
  now: number
  replies: Replies
}

/** Id of the block it stands in. */
export const GIVEN = 'given'
export const ME = `${API_PREFIX}/users/me`

/** What was done to the page before (public/start.js) comes now. */
const ready = () => document.dispatchEvent(new Event('tintype:ready'))

/** Path and query that a router shows. */
export const addressIn = ({ state: { location } }: AnyRouter): string =>
  location.pathname + location.searchStr

/** Lets the app begin with what the server had; undefined where the page brought nothing along, or nothing for its reader. */
export function takeOver(): Given | undefined {
  const text = document.getElementById(GIVEN)?.textContent
  if (!text) return undefined
  const given = JSON.parse(text) as Given
  const { phone, sort, now, replies } = given
  Object.assign(firstPaint, { active: true, phone, sort, now, end: ready })
  // The cookies speak, even where this browser has forgotten that there is a session.
  if (replies[ME]) writeStored('tintype.session', '1')
  // There was a session, and its cookies are gone: whether it goes on is asked as ever.
  else if (readStored('tintype.session') !== null) return undefined
  const goBack = askBy(fromReplies(replies))
  const usual = queryClient.getDefaultOptions()
  // What the server could not show is shown so first, too, and asked for again later.
  queryClient.setDefaultOptions({ ...usual, queries: { ...usual.queries, retryOnMount: false } })
  firstPaint.end = () => {
    goBack()
    queryClient.setDefaultOptions(usual)
    ready()
  }
  return given
}
