import { useMutation, useQuery } from '@tanstack/react-query'
import { type Collaborator, mostCollaborators } from '@tintype/contract'
import { useState } from 'react'
import { entities } from '../../data/entities/entities.ts'
import type { PostEntity } from '../../data/entities/types.ts'
import { useMe } from '../../data/member.ts'
import { errorText, reportError } from '../../data/report-error.ts'
import Dialog from '../../ui/DialogPanel.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { FindPeople, RemovePerson } from '../people/FindPeople.tsx'
import { PeopleSkeleton } from '../people/PeopleRows.tsx'
import { Person } from '../people/Person.tsx'
import { AuthorAnswer } from './AuthorAnswer.tsx'
import { t } from './messages.ts'
import styles from './Together.module.css'
import { authorsOf, setAuthor } from './together-query.ts'

interface AuthorsDialogProps {
  post: PostEntity
  open: boolean
  onClose: () => void
}

/** Who has made a post with its author, who asks and takes out; the others may leave. */
export default function AuthorsDialog({ post, open, onClose }: AuthorsDialogProps) {
  const { data, error } = useQuery({ ...authorsOf(post.post_id), enabled: open })
  return (
    <Dialog open={open} onClose={onClose} title={t('title')}>
      {error && <FormError text={errorText(error)} />}
      {!data && !error && <PeopleSkeleton rows={2} />}
      {data &&
        (post.viewer.is_author ? <Own post={post} authors={data} /> : <Others post={post} authors={data} />)}
    </Dialog>
  )
}

interface AuthorsProps {
  post: PostEntity
  authors: readonly Collaborator[]
}

function Others({ post, authors }: AuthorsProps) {
  const me = useMe()
  return (
    <div className={styles.rows}>
      {authors.map(({ user: { user_id }, pending = false }) => (
        <Person
          key={user_id}
          userId={user_id}
          action={user_id === me?.user_id && <AuthorAnswer postId={post.post_id} isIn={!pending} />}
        />
      ))}
    </div>
  )
}

function Own({ post, authors }: AuthorsProps) {
  const [q, setQ] = useState('')
  const change = useMutation({
    mutationFn: ({ username, isIn }: { username: string; isIn: boolean }) =>
      setAuthor(post.post_id, username, isIn),
    onSuccess: () => setQ(''),
    onError: reportError,
  })
  return (
    <div className={styles.rows}>
      <p className={styles.hint}>{t(authors.length < mostCollaborators ? 'hint' : 'full')}</p>
      {authors.map(({ user: { user_id, username }, pending }) => (
        <Person
          key={user_id}
          userId={user_id}
          {...(pending && { note: t('waiting') })}
          action={<RemovePerson id={user_id} onPress={() => change.mutate({ username, isIn: false })} />}
        />
      ))}
      {authors.length < mostCollaborators && (
        <FindPeople
          q={q}
          onChange={setQ}
          listed={authors.map(({ user }) => user.user_id)}
          onAdd={(id) => {
            const username = entities.get('users', id)?.username
            if (username) change.mutate({ username, isIn: true })
          }}
        />
      )}
    </div>
  )
}
