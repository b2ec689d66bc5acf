import { createT } from '@tintype/contract/core/texts'

/** What devices show of likes and comments. */
export const t = createT({
  'like.one': '{who} liked your photo',
  'like.many': { one: '{who} liked {count} of your photos', other: '{who} liked {count} of your photos' },
  'comment.one': '{actor} commented: {text}',
  'comment.many': '{who} commented on your photo: {text}',
  reply: '{actor} answered you: {text}',
  'commentLike.one': '{who} liked your comment: {text}',
  'commentLike.many': {
    one: '{who} liked {count} of your comments',
    other: '{who} liked {count} of your comments',
  },
  mention: '{actor} mentioned you: {text}',
})
