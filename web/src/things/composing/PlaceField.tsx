import { useQuery } from '@tanstack/react-query'
import { limits, type Place } from '@tintype/contract'
import { LocateFixed, X } from 'lucide-react'
import { type KeyboardEvent, useId, useState } from 'react'
import { FoundNote } from '../../editor/FoundNote.tsx'
import { useRested } from '../../kit/use-rested.ts'
import { isComposing } from '../../ui/composing.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { locate } from './locate.ts'
import { t } from './messages.ts'
import styles from './PlaceField.module.css'
import { PlaceList } from './PlaceList.tsx'
import { placesLike } from './places-like.ts'

interface PlaceFieldProps {
  value: Place | null
  onChange: (place: Place | null) => void
}

type Search = 'idle' | 'locating' | 'denied' | 'unavailable'

/** A name people write or take from what is known, and the position only of what they take or if they ask for it. */
export function PlaceField({ value, onChange }: PlaceFieldProps) {
  const [search, setSearch] = useState<Search>('idle')
  // A device's own position is named as one likes; that of a place which was taken is that place's.
  const [isOwn, setOwn] = useState(false)
  const name = value?.name ?? ''
  const position =
    value?.lat === undefined || value.lon === undefined ? null : { lat: value.lat, lon: value.lon }
  const handleTake = (place: Place) => {
    setOwn(false)
    onChange(place)
  }
  const suggestions = useSuggestions(name, handleTake)
  const handleLocate = async () => {
    setSearch('locating')
    const found = await locate()
    if ('problem' in found) return setSearch(found.problem)
    setSearch('idle')
    setOwn(true)
    onChange({ name, ...found })
  }
  const handleDetach = () => onChange(name ? { name } : null)
  const handleName = (text: string) => {
    suggestions.typed()
    const kept = isOwn ? position : null
    onChange(text || kept ? { ...kept, name: text } : null)
  }
  return (
    <div className={styles.field}>
      <TextField
        {...suggestions.fieldProps}
        label={t('place.label')}
        placeholder={t('place.placeholder')}
        value={name}
        maxLength={limits.placeName}
        autoComplete="off"
        onChange={handleName}
        error={search === 'denied' || search === 'unavailable' ? t(`place.${search}`) : undefined}
        hint={hintOf(search, position, name)}
        action={
          position ? (
            <IconButton icon={X} size="small" label={t('place.detach')} onPress={handleDetach} />
          ) : (
            <IconButton
              icon={LocateFixed}
              size="small"
              label={t('place.locate')}
              tip
              disabled={search === 'locating'}
              onPress={() => void handleLocate()}
            />
          )
        }
      />
      {suggestions.list && <PlaceList {...suggestions.list} />}
      <FoundNote found={suggestions.list?.places.length ?? 0} />
    </div>
  )
}

/** Arrows choose, Enter takes, Escape closes; what is typed stays as it is unless one is taken. */
function useSuggestions(name: string, onTake: (place: Place) => void) {
  const id = useId()
  const [isTyping, setTyping] = useState(false)
  const [active, setActive] = useState(-1)
  const q = useRested(name.trim())
  const { data } = useQuery({ ...placesLike(q), enabled: isTyping && q.length > 1 })
  const places = isTyping && q.length > 1 && name.trim() !== '' ? (data ?? []) : []
  const isOpen = places.length > 0
  const close = () => {
    setTyping(false)
    setActive(-1)
  }
  const take = (index: number) => {
    const chosen = places[index]
    if (chosen) onTake(chosen.place)
    close()
  }
  const handleKey = (event: KeyboardEvent) => {
    if (!isOpen || isComposing(event)) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) setActive((Math.max(active, step === 1 ? -1 : 0) + step + places.length) % places.length)
    else if (event.key === 'Enter' && active >= 0) take(active)
    else if (event.key === 'Escape') close()
    else return
    event.preventDefault()
    // A dialog around it is not to close along with the list.
    event.stopPropagation()
  }
  return {
    typed: () => {
      setTyping(true)
      setActive(-1)
    },
    fieldProps: {
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': isOpen,
      'aria-controls': isOpen ? id : undefined,
      'aria-activedescendant': isOpen && active >= 0 ? `${id}-${active}` : undefined,
      onKeyDown: handleKey,
      onBlur: close,
    } as const,
    list: isOpen ? { id, places, active, onTake: take } : undefined,
  }
}

function hintOf(
  search: Search,
  position: { lat: number; lon: number } | null,
  name: string,
): string | undefined {
  if (search === 'locating') return t('place.locating')
  if (!position) return undefined
  if (!name.trim()) return t('place.nameFirst')
  return t('place.attached', { lat: degrees(position.lat, 'N', 'S'), lon: degrees(position.lon, 'E', 'W') })
}

const degrees = (value: number, plus: string, minus: string) =>
  `${Math.abs(value).toFixed(3)}° ${value < 0 ? minus : plus}`
