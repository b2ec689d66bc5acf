import { useNavigate } from '@tanstack/react-router'
import { setPostLiked, setPostSaved } from '../../data/entities/intents.ts'
import type { PostEntity } from '../../data/entities/types.ts'
import { useMe } from '../../data/member.ts'
import { postTitle } from './post-title.ts'
import { sharePost } from './share.ts'

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
    toggleSave: () => asMember(() => void setPostSaved(post.post_id, !post.viewer.saved)),
    /** `write` puts the cursor where a comment is written. */
    comment: (write: () => void) => asMember(write),
    share: () => void sharePost(post.post_id, postTitle(post, username)),
  }
}
