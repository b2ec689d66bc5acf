import { useRouter } from '@tanstack/react-router'
import { useCallback, useRef } from 'react'
import { useUser } from '../../../data/entities/entities.ts'
import type { PostEntity } from '../../../data/entities/types.ts'
import { bringPicture } from '../turn-pictures.ts'
import PicturesViewer from './PicturesViewer.tsx'

interface ViewerProps {
  post: PostEntity
  /** The picture it begins with. */
  initial: number
}

/** A post's pictures on the full screen; back closes it. Whoever closes it finds below the picture that was here. */
export default function Viewer({ post: { post_id, user_id, media }, initial }: ViewerProps) {
  const name = useUser(user_id)?.username ?? ''
  const close = useClose()
  const handleAt = useCallback((at: number) => bringPicture(post_id, at), [post_id])
  return <PicturesViewer media={media} name={name} initial={initial} onAt={handleAt} onClose={close} />
}

/** Takes the viewer's entry out of the history, once, however often it is asked. */
function useClose(): () => void {
  const router = useRouter()
  const isClosing = useRef(false)
  return useCallback(() => {
    if (isClosing.current) return
    isClosing.current = true
    router.history.back()
  }, [router])
}
