import { useRouter } from '@tanstack/react-router'
import { type ComponentProps, useCallback, useRef } from 'react'
import PicturesViewer from './PicturesViewer.tsx'

/** Pictures on the full screen that an entry of the history stands for: back closes them. */
export default function EntryViewer(props: Omit<ComponentProps<typeof PicturesViewer>, 'onClose'>) {
  return <PicturesViewer {...props} onClose={useClose()} />
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
