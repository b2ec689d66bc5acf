import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { whenText } from '../../../things/scheduling/when.ts'
import { toast } from '../../../ui/toast.ts'
import { useComposer } from '../composer-context.ts'
import type { Publication } from '../publishing/publication.ts'
import { t } from './messages.ts'

/** A published post leaves the chip, and a word with the way to it takes its place. */
export function usePublishedToast(publications: readonly Publication[]): void {
  const { publisher } = useComposer()
  const router = useRouter()
  const queries = useQueryClient()
  useEffect(() => {
    for (const { id, stage, postId, scheduledAt } of publications) {
      if (stage !== 'published') continue
      if (scheduledAt) {
        publisher.dismiss(id)
        void queries.invalidateQueries({ queryKey: ['scheduled'] })
        const handleShow = () =>
          void router.navigate({ to: '/settings/$section', params: { section: 'scheduled' } })
        toast(t('scheduled', { when: whenText(scheduledAt) }), { label: t('view'), onPress: handleShow })
      }
      if (!postId) continue
      publisher.dismiss(id)
      const handleView = () => void router.navigate({ to: '/p/$postId', params: { postId } })
      toast(t('published'), { label: t('view'), onPress: handleView })
    }
  }, [publications, publisher, queries, router])
}
