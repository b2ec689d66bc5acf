import type { PostEntity } from '../../data/entities/types.ts'

/** Where it is not so, the field to write in is not shown. */
export const mayComment = ({ comments_enabled, status, viewer }: PostEntity): boolean =>
  comments_enabled && status === 'published' && viewer.may_comment !== false
