import { useMutation } from '@tanstack/react-query'
import { reportError } from '../../data/report-error.ts'
import { Button } from '../../ui/Button.tsx'
import { toast } from '../../ui/toast.ts'
import styles from './Asked.module.css'

interface AnswerProps {
  /** Absent where the member is in already and can only leave. */
  accept?: string
  leave: string
  onAnswer: (isIn: boolean) => Promise<void>
  /** What is said when it is done. */
  told: (isIn: boolean) => string
  onDone?: () => void
}

/** Of whoever is asked to be in a post, or is in it. */
export function Answer({ accept, leave, onAnswer, told, onDone }: AnswerProps) {
  const answer = useMutation({
    mutationFn: onAnswer,
    onSuccess: (_, isIn) => {
      toast(told(isIn))
      onDone?.()
    },
    onError: reportError,
  })
  return (
    <span className={styles.answer}>
      {accept !== undefined && (
        <Button
          label={accept}
          size="small"
          tone="ink"
          disabled={answer.isPending}
          onPress={() => answer.mutate(true)}
        />
      )}
      <Button label={leave} size="small" disabled={answer.isPending} onPress={() => answer.mutate(false)} />
    </span>
  )
}
