import type { UserId } from '@tintype/contract'
import { useState } from 'react'
import { useListed } from '../../data/use-listed.ts'
import { FollowButton } from '../../things/people/FollowButton.tsx'
import { Person } from '../../things/people/Person.tsx'
import { RequestAnswer } from '../../things/people/RequestAnswer.tsx'

/** Somebody who asks; once answered it offers to follow back, or is gone. */
export function RequestRow({ userId }: { userId: UserId }) {
  const user = useListed('users', userId)
  const [answer, setAnswer] = useState<'accepted' | 'rejected' | null>(null)
  if (answer === 'rejected') return null
  return (
    <Person
      userId={userId}
      action={
        answer === 'accepted' ? (
          <FollowButton userId={userId} />
        ) : (
          user && <RequestAnswer userId={userId} username={user.username} onAnswer={setAnswer} />
        )
      }
    />
  )
}
