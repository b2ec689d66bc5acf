import type { PostId, Video } from '@tintype/contract'
import { lazy, Suspense } from 'react'
import { useFirstPaint } from '../../../ui/first-paint.ts'

const FilmPlayer = lazy(() => import('./FilmPlayer.tsx'))

interface FilmProps {
  postId: PostId
  film: Video
  fallbackAlt: string
  fit: 'cover' | 'contain'
}

/** The player of a film, which comes with the first film there is; its still stands until then. */
export function Film(props: FilmProps) {
  return useFirstPaint() ? null : (
    <Suspense fallback={null}>
      <FilmPlayer {...props} />
    </Suspense>
  )
}
