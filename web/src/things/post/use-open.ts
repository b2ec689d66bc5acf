import { useRouter } from '@tanstack/react-router'
import type { PostId } from '@tintype/contract'
import type { MouseEvent } from 'react'
import { openPost } from './post-target.ts'

/** For a link within the app: a post opens as posts do, anything else at its address; with a key held the browser has it. */
export function useOpen(address: string, post?: PostId): (event: MouseEvent) => void {
  const router = useRouter()
  return (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    if (post) void openPost(router, post)
    else void router.navigate({ to: address })
  }
}
