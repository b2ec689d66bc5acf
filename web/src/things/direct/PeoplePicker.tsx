import type { UserId } from '@tintype/contract'
import { X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useUser } from '../../data/entities/entities.ts'
import { useMember } from '../../data/member.ts'
import { usePaged } from '../../data/paged-list.ts'
import { LoadError } from '../../shell/LoadError.tsx'
import { Avatar } from '../../ui/Avatar.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { toast } from '../../ui/toast.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { PeopleSkeleton } from '../people/PeopleRows.tsx'
import { peopleNamed, peopleOf } from '../people/people-lists.ts'
import { ChoiceRow } from './ChoiceRow.tsx'
import { nameOf } from './conversation-face.ts'
import { t } from './messages.ts'
import styles from './PeoplePicker.module.css'

interface PeoplePickerProps {
  chosen: readonly UserId[]
  onChange: (chosen: readonly UserId[]) => void
  most: number
  /** They are in it already. */
  without?: readonly UserId[]
  /** Stands before the people while nobody is looked for. */
  children?: ReactNode
}

/** Members found by name; the chosen stand above. */
export function PeoplePicker({ chosen, onChange, most, without = [], children }: PeoplePickerProps) {
  const me = useMember()
  const [q, setQ] = useState('')
  const hidden = [me.user_id, ...without]
  const toggle = (id: UserId) => {
    if (chosen.includes(id)) onChange(chosen.filter((one) => one !== id))
    else if (chosen.length >= most) toast(t('new.full', { count: most + 1 }))
    else {
      onChange([...chosen, id])
      setQ('')
    }
  }
  return (
    <div className={styles.picker}>
      <div className={styles.search}>
        {chosen.length > 0 && (
          <ul className={styles.chosen} aria-label={t('new.chosen')}>
            {chosen.map((id) => (
              <li key={id}>
                <Chip id={id} onPress={() => toggle(id)} />
              </li>
            ))}
          </ul>
        )}
        <SearchField label={t('new.search')} value={q} onChange={setQ} />
      </div>
      <section
        className={styles.found}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
        tabIndex={0}
        aria-label={t('new.people')}
      >
        {!q.trim() && children}
        <Found
          key={q.trim() ? 'found' : 'known'}
          q={q.trim()}
          hidden={hidden}
          chosen={chosen}
          onToggle={toggle}
        />
      </section>
    </div>
  )
}

function Chip({ id, onPress }: { id: UserId; onPress: () => void }) {
  const user = useUser(id)
  if (!user) return null
  return (
    <button type="button" className={styles.chip} onClick={onPress}>
      <Avatar user={user} size={24} />
      <VisuallyHidden>{t('new.remove')}</VisuallyHidden>
      {user.username}
      <X aria-hidden size={14} />
    </button>
  )
}

interface FoundProps {
  q: string
  hidden: readonly UserId[]
  chosen: readonly UserId[]
  onToggle: (id: UserId) => void
}

/** Whom one follows, until a name is typed. */
function Found({ q, hidden, chosen, onToggle }: FoundProps) {
  const me = useMember()
  const list = q ? peopleNamed(q) : peopleOf(me.username, 'following', '')
  const { query, ids } = usePaged('users', { ...list, placeholderData: (known) => known })
  if (query.isPending) return <PeopleSkeleton rows={5} />
  if (query.isError && !query.data) return <LoadError error={query.error} onRetry={query.refetch} />
  const shown = ids.filter((id) => !hidden.includes(id))
  if (shown.length === 0 && q) return <p className={styles.none}>{t('new.nobody')}</p>
  return shown.map((id) => (
    <PersonChoice key={id} id={id} isChosen={chosen.includes(id)} onPress={() => onToggle(id)} />
  ))
}

interface PersonChoiceProps {
  id: UserId
  isChosen: boolean
  onPress: () => void
}

function PersonChoice({ id, isChosen, onPress }: PersonChoiceProps) {
  const user = useUser(id)
  if (!user) return null
  return (
    <ChoiceRow
      avatar={<Avatar user={user} size={44} />}
      name={nameOf(user)}
      note={user.username}
      isChosen={isChosen}
      onPress={onPress}
    />
  )
}
