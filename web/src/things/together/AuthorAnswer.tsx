import { useMutation } from '@tanstack/react-query'
import type { PostId } from '@tintype/contract'
import { reportError } from '../../data/report-error.ts'
import { Button } from '../../ui/Button.tsx'
import { toast } from '../../ui/toast.ts'
import { t } from './messages.ts'
import styles from './Together.module.css'
import { answerAuthor } from './together-query.ts'

/** Of whoever is asked themself, or is an author already. */
export function AuthorAnswer({ postId, isIn = false }: { postId: PostId; isIn?: boolean }) {
  const answer = useMutation({
    mutationFn: (wanted: boolean) => answerAuthor(postId, wanted),
    onSuccess: (_, wanted) => toast(t(wanted ? 'accepted' : isIn ? 'left' : 'declined')),
    onError: reportError,
  })
  return (
    <span className={styles.answer}>
      {!isIn && (
        <Button
          label={t('accept')}
          size="small"
          tone="ink"
          disabled={answer.isPending}
          onPress={() => answer.mutate(true)}
        />
      )}
      <Button
        label={t(isIn ? 'leave' : 'decline')}
        size="small"
        disabled={answer.isPending}
        onPress={() => answer.mutate(false)}
      />
    </span>
  )
}
