import { useNavigate, useParams, useRouter } from '@tanstack/react-router'
import { useDeferredValue, useMemo, useState } from 'react'
import { useMe } from '../../data/member.ts'
import { PeopleDialogBody } from '../../things/people/PeopleDialogBody.tsx'
import { type PeopleList, peopleOf } from '../../things/people/people-lists.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { t } from './messages.ts'
import styles from './PeopleDialog.module.css'
import { RemoveFollower } from './RemoveFollower.tsx'

const titles = {
  followers: t('followers.title'),
  following: t('following.title'),
  mutual: t('mutual.title'),
} as const

/** Followers, following or mutual over the profile; at an address of its own. */
export default function PeopleDialog() {
  const { username, list } = useParams({ from: '/frame/$username/$list' })
  const kind = list as PeopleList
  const me = useMe()
  const router = useRouter()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const q = useDeferredValue(text.trim())
  const query = useMemo(() => peopleOf(username, kind, q), [username, kind, q])
  const close = () => {
    if (router.history.canGoBack()) router.history.back()
    else void navigate({ to: '/$username', params: { username }, replace: true })
  }
  const empty = q ? t('people.none') : kind === 'following' ? t('following.empty') : t('followers.empty')
  const own = me?.username === username && kind === 'followers'
  return (
    <Dialog open onClose={close} title={titles[kind]} size="small" bare>
      <div className={styles.search}>
        <SearchField label={t('people.search')} value={text} onChange={setText} />
      </div>
      <PeopleDialogBody
        list={query}
        label={titles[kind]}
        empty={empty}
        onOpen={() => undefined}
        action={own ? (id) => <RemoveFollower userId={id} /> : undefined}
      />
    </Dialog>
  )
}
