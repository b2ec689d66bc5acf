import { useCallback } from 'react'
import { useUser } from '../../../data/entities/entities.ts'
import type { PostEntity } from '../../../data/entities/types.ts'
import { bringPicture } from '../turn-pictures.ts'
import EntryViewer from './EntryViewer.tsx'

interface ViewerProps {
  post: PostEntity
  /** The picture it begins with. */
  initial: number
}

/** A post's pictures on the full screen; back closes it. Whoever closes it finds below the picture that was here. */
export default function Viewer({ post: { post_id, user_id, media }, initial }: ViewerProps) {
  const name = useUser(user_id)?.username ?? ''
  const handleAt = useCallback((at: number) => bringPicture(post_id, at), [post_id])
  return <EntryViewer media={media} name={name} initial={initial} onAt={handleAt} />
}
