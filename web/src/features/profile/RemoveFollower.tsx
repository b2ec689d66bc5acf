import { useMutation } from '@tanstack/react-query'
import type { UserId } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { entities, useUser } from '../../data/entities/entities.ts'
import { meQuery } from '../../data/member.ts'
import { queryClient } from '../../data/query-client.ts'
import { reportError } from '../../data/report-error.ts'
import { FollowButton } from '../../things/people/FollowButton.tsx'
import { Button } from '../../ui/Button.tsx'
import { t } from './messages.ts'

/** In one's own list of followers: take one out, who is not told; then there is only following them left to do. */
export function RemoveFollower({ userId }: { userId: UserId }) {
  const user = useUser(userId)
  const remove = useMutation({
    mutationFn: (username: string) => api.graph.removeFollower({ params: { username } }),
    onSuccess: (viewer) => {
      entities.patch('users', userId, { viewer })
      const me = queryClient.getQueryData(meQuery.queryKey)
      const own = me && entities.get('users', me.user_id)
      if (own?.followers_count)
        entities.merge('users', own.user_id, { followers_count: own.followers_count - 1 })
    },
    onError: reportError,
  })
  if (!user) return null
  if (remove.isSuccess) return <FollowButton userId={userId} />
  return (
    <Button
      label={t('people.remove')}
      describe={t('people.removeOf', { name: user.username })}
      size="small"
      busy={remove.isPending}
      onPress={() => remove.mutate(user.username)}
    />
  )
}
