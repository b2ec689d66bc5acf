import { useNavigate } from '@tanstack/react-router'
import { setPostLiked } from '../../data/entities/intents.ts'
import type { PostEntity } from '../../data/entities/types.ts'
import { useMe } from '../../data/member.ts'
import { openSendTo } from '../../shell/send-slot.ts'
import { postTitle } from './post-title.ts'
import { savePost } from './save-post.ts'
import { postUrl, shareLink } from './share.ts'

/** What the viewer does to a post with one press. A visitor is led to the log-in instead. */
export function usePostActions(post: PostEntity, username: string) {
  const me = useMe()
  const navigate = useNavigate()
  const asMember = (act: () => void) => {
    if (me) act()
    else void navigate({ to: '/login', search: { to: `/p/${post.post_id}` } })
  }
  return {
    like: () => asMember(() => void setPostLiked(post.post_id, true)),
    toggleLike: () => asMember(() => void setPostLiked(post.post_id, !post.viewer.liked)),
    toggleSave: () => asMember(() => void savePost(post.post_id, !post.viewer.saved)),
    /** `write` puts the cursor where a comment is written. */
    comment: (write: () => void) => asMember(write),
    /** Members choose whom to send it to, or take its link there; a visitor takes the link. */
    share: () => {
      const title = postTitle(post, username)
      if (me) openSendTo({ kind: 'post', id: post.post_id, address: `/p/${post.post_id}`, title })
      else void shareLink(postUrl(post.post_id), title)
    },
  }
}
