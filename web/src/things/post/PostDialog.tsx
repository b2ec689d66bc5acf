import { useCanGoBack, useRouter } from '@tanstack/react-router'
import type { PostId } from '@tintype/contract'
import { ChevronLeft, ChevronRight, X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { useCallback } from 'react'
import { usePost, useUser } from '../../data/entities/entities.ts'
import { t } from '../../kit/messages.ts'
import { usePageTitle } from '../../shell/page-title.ts'
import { useShortcuts } from '../../shell/shortcuts.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { useFocusReturn } from '../../ui/use-focus-return.ts'
import styles from './PostDialog.module.css'
import { PostSpread } from './PostSpread.tsx'
import { postTitle } from './post-title.ts'
import { neighboursOf } from './sequence.ts'
import { turnPictures } from './turn-pictures.ts'
import { usePostShortcuts } from './use-post-shortcuts.ts'

/** Of `.post`, beside a conversation of 300 to 400 px. */
const PLATE = { phone: '100vw', wide: 'min(62vw, 840px)', height: 'min(100vh - 56px, 860px)' }

/** A post over the page it was opened from. Back and Esc close it; arrows and J/K lead along the list. */
export default function PostDialog({ postId }: { postId: PostId }) {
  const router = useRouter()
  const canGoBack = useCanGoBack()
  const post = usePost(postId)
  const user = useUser(post?.user_id)
  const handleReturn = useFocusReturn(true)
  const { previous, next } = neighboursOf(postId)
  usePageTitle(post && user ? postTitle(post, user.username) : undefined)
  const close = useCallback(() => {
    if (canGoBack) router.history.back()
    else void router.navigate({ to: '.', search: {}, replace: true })
  }, [canGoBack, router])
  const show = (id: PostId | undefined) =>
    id &&
    void router.navigate({
      to: '.',
      search: (known: object) => ({ ...known, post: id }),
      mask: { to: '/p/$postId', params: { postId: id }, unmaskOnReload: true },
      replace: true,
      resetScroll: false,
    })
  const keys = usePostShortcuts(postId)
  useShortcuts(
    {
      ...keys,
      j: () => show(next),
      k: () => show(previous),
      // The pictures first, then the list; wherever the focus is.
      arrowright: () => turnPictures(postId, 1) || show(next),
      arrowleft: () => turnPictures(postId, -1) || show(previous),
    },
    { covers: true },
  )
  return (
    <Radix.Root open onOpenChange={(open) => !open && close()}>
      <Radix.Portal>
        <Radix.Overlay className={styles.scrim} data-scrim />
        <Radix.Content aria-describedby={undefined} className={styles.stage} onCloseAutoFocus={handleReturn}>
          <Radix.Title className={styles.title}>
            {t('post.dialog', { name: user?.username ?? '' })}
          </Radix.Title>
          {/* A press beside the post closes, as one on the scrim does; the cross and Esc do it for keys. */}
          <div
            className={styles.beside}
            onPointerDown={(event) => event.target === event.currentTarget && close()}
          >
            {previous && (
              <span className={styles.previous}>
                <IconButton
                  icon={ChevronLeft}
                  label={t('post.previousPost')}
                  tone="veil"
                  onPress={() => show(previous)}
                />
              </span>
            )}
            <div className={styles.post}>
              <PostSpread key={postId} postId={postId} onDeleted={close} plate={PLATE} morph />
            </div>
            {next && (
              <span className={styles.next}>
                <IconButton
                  icon={ChevronRight}
                  label={t('post.nextPost')}
                  tone="veil"
                  onPress={() => show(next)}
                />
              </span>
            )}
          </div>
          <span className={styles.close}>
            <IconButton icon={X} label={t('action.close')} tone="veil" onPress={close} />
          </span>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
