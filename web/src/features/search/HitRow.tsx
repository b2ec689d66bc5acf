import { Link } from '@tanstack/react-router'
import type { HashtagHit, NamedHit, PlaceHit } from '@tintype/contract'
import { Hash, type LucideIcon, MapPin } from 'lucide-react'
import type { ReactNode } from 'react'
import { Person } from '../../things/people/Person.tsx'
import row from '../../ui/UserRow.module.css'
import styles from './HitRow.module.css'
import { t } from './messages.ts'
import { keepRecent, recentOf } from './search-lists.ts'

interface HitRowProps {
  hit: NamedHit
  /** Instead of the follow button. */
  action?: ReactNode
}

/** Something that was found by its name, leading there; whoever follows it finds it again among their recent searches. */
export function HitRow({ hit, action }: HitRowProps) {
  const handleOpen = () => keepRecent(recentOf(hit))
  if (hit.type === 'user') return <Person userId={hit.user.user_id} action={action} onOpen={handleOpen} />
  return (
    <div className={row.row}>
      {hit.type === 'hashtag' ? (
        <TagLink hit={hit} onOpen={handleOpen} />
      ) : (
        <PlaceLink hit={hit} onOpen={handleOpen} />
      )}
      {action}
    </div>
  )
}

function TagLink({ hit, onOpen }: { hit: HashtagHit; onOpen: () => void }) {
  return (
    <Link to="/tags/$tag" params={{ tag: hit.tag }} className={row.link} onClick={onOpen}>
      <LabelText icon={Hash} name={`#${hit.tag}`} count={hit.posts_count} />
    </Link>
  )
}

function PlaceLink({ hit, onOpen }: { hit: PlaceHit; onOpen: () => void }) {
  const { name } = hit.place
  return (
    <Link to="/places/$place" params={{ place: name }} className={row.link} onClick={onOpen}>
      <LabelText icon={MapPin} name={name} count={hit.posts_count} />
    </Link>
  )
}

function LabelText({ icon: Icon, name, count }: { icon: LucideIcon; name: string; count: number }) {
  return (
    <>
      <span className={styles.sign}>
        <Icon aria-hidden size={20} />
      </span>
      <span className={row.names}>
        <span className={row.username}>{name}</span>
        <span className={row.note}>{t('search.postsCount', { count })}</span>
      </span>
    </>
  )
}

export const keyOfHit = (hit: NamedHit): string =>
  hit.type === 'user' ? hit.user.user_id : hit.type === 'hashtag' ? `#${hit.tag}` : `@${hit.place_id}`
