import { useMutation } from '@tanstack/react-query'
import type { UserId } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { entities } from '../../data/entities/entities.ts'
import { meQuery } from '../../data/member.ts'
import { queryClient } from '../../data/query-client.ts'
import { reportError } from '../../data/report-error.ts'
import { t } from '../../kit/messages.ts'
import { Button } from '../../ui/Button.tsx'
import { toast } from '../../ui/toast.ts'
import styles from './RequestAnswer.module.css'

type Answer = 'accepted' | 'rejected'

interface RequestAnswerProps {
  userId: UserId
  username: string
  onAnswer?: (answer: Answer) => void
}

/** Lets somebody follow, or not. */
export function RequestAnswer({ userId, username, onAnswer }: RequestAnswerProps) {
  const send = useMutation({
    mutationFn: async (answer: Answer) => {
      const input = { params: { username } }
      await (answer === 'accepted' ? api.graph.acceptRequest(input) : api.graph.rejectRequest(input))
      return answer
    },
    onSuccess: (answer) => {
      const viewer = entities.get('users', userId)?.viewer
      entities.patch('users', userId, {
        viewer: { ...viewer, requested_by: false, followed_by: answer === 'accepted' },
      })
      if (answer === 'accepted') toast(t('requests.accepted', { name: username }))
      onAnswer?.(answer)
      void queryClient.invalidateQueries({ queryKey: meQuery.queryKey })
    },
    onError: reportError,
  })
  return (
    <div className={styles.answer}>
      <Button
        label={t('people.accept')}
        describe={t('people.acceptOf', { name: username })}
        tone="ink"
        size="small"
        busy={send.isPending && send.variables === 'accepted'}
        onPress={() => send.mutate('accepted')}
      />
      <Button
        label={t('people.reject')}
        describe={t('people.rejectOf', { name: username })}
        size="small"
        busy={send.isPending && send.variables === 'rejected'}
        onPress={() => send.mutate('rejected')}
      />
    </div>
  )
}
