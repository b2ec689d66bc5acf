import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { toast } from '../../../ui/toast.ts'
import { useComposer } from '../composer-context.ts'
import type { Publication } from '../publishing/publication.ts'
import { t } from './messages.ts'

/** A published post leaves the chip, and a word with the way to it takes its place. */
export function usePublishedToast(publications: readonly Publication[]): void {
  const { publisher } = useComposer()
  const router = useRouter()
  useEffect(() => {
    for (const { id, stage, postId } of publications) {
      if (stage !== 'published' || !postId) continue
      publisher.dismiss(id)
      const handleView = () => void router.navigate({ to: '/p/$postId', params: { postId } })
      toast(t('published'), { label: t('view'), onPress: handleView })
    }
  }, [publications, publisher, router])
}
