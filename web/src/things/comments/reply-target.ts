import type { CommentId } from '@tintype/contract'

/** Who a reply is to: the thread it goes under, and the name it begins with. */
export interface ReplyTarget {
  threadId: CommentId
  username: string
}
