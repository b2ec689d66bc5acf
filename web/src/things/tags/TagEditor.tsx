import { limits, type UserId } from '@tintype/contract'
import { X } from 'lucide-react'
import { type MouseEvent, type ReactNode, useState } from 'react'
import { entities } from '../../data/entities/entities.ts'
import { Button } from '../../ui/Button.tsx'
import { FindPeople } from '../people/FindPeople.tsx'
import { t } from './messages.ts'
import styles from './Tags.module.css'

/** Of one picture: who is where on it. */
export interface Tag {
  username: string
  x: number
  y: number
}

interface TagEditorProps {
  pictures: readonly { key: string; ratio: number; drawn: ReactNode }[]
  tags: Readonly<Record<string, readonly Tag[]>>
  onChange: (key: string, tags: readonly Tag[]) => void
}

/** A press on a picture says where, a name then who; by keyboard it is the middle of the picture. */
export function TagEditor({ pictures, tags, onChange }: TagEditorProps) {
  const count = new Set(Object.values(tags).flatMap((some) => some.map(({ username }) => username))).size
  return (
    <div className={styles.editor}>
      <p className={styles.hint}>{count < limits.taggedPeople ? t('tags.hint') : t('tags.full')}</p>
      {pictures.map(({ key, ratio, drawn }, index) => (
        <Picture
          key={key}
          n={index + 1}
          ratio={ratio}
          drawn={drawn}
          tags={tags[key] ?? []}
          full={count >= limits.taggedPeople}
          onChange={(next) => onChange(key, next)}
        />
      ))}
    </div>
  )
}

interface PictureProps {
  n: number
  ratio: number
  drawn: ReactNode
  tags: readonly Tag[]
  full: boolean
  onChange: (tags: readonly Tag[]) => void
}

function Picture({ n, ratio, drawn, tags, full, onChange }: PictureProps) {
  const [spot, setSpot] = useState<{ x: number; y: number } | null>(null)
  const [q, setQ] = useState('')
  const handlePress = (event: MouseEvent<HTMLButtonElement>) => setSpot(spotOf(event))
  const handleAdd = (id: UserId) => {
    const username = entities.get('users', id)?.username
    if (!username || !spot) return
    onChange([...tags.filter((tag) => tag.username !== username), { username, ...spot }])
    setSpot(null)
    setQ('')
  }
  const place = ({ x, y }: { x: number; y: number }) => ({ left: `${x * 100}%`, top: `${y * 100}%` })
  return (
    <div className={styles.picture}>
      <div className={styles.frame} style={{ aspectRatio: ratio }}>
        {drawn}
        <button
          type="button"
          className={styles.press}
          aria-label={t('tags.press', { n })}
          disabled={full}
          onClick={handlePress}
        />
        {tags.map((tag) => (
          <span key={tag.username} className={styles.mark} style={place(tag)}>
            <span className={styles.name}>{tag.username}</span>
          </span>
        ))}
        {spot && <span className={styles.spot} style={place(spot)} />}
      </div>
      {spot && (
        <section aria-label={t('tags.who')}>
          <FindPeople q={q} onChange={setQ} listed={[]} onAdd={handleAdd} />
        </section>
      )}
      {tags.length > 0 && (
        <div className={styles.chips}>
          {tags.map(({ username }) => (
            <Button
              key={username}
              icon={X}
              label={username}
              describe={t('tags.remove', { name: username })}
              size="small"
              onPress={() => onChange(tags.filter((tag) => tag.username !== username))}
            />
          ))}
        </div>
      )}
    </div>
  )
}

/** A press by keyboard has no place of its own. */
function spotOf({ currentTarget, clientX, clientY, detail }: MouseEvent<HTMLButtonElement>) {
  const { left, top, width, height } = currentTarget.getBoundingClientRect()
  if (detail === 0 || width === 0 || height === 0) return { x: 0.5, y: 0.5 }
  const within = (at: number) => Math.min(1, Math.max(0, at))
  return { x: within((clientX - left) / width), y: within((clientY - top) / height) }
}
