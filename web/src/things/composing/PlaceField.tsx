import { limits, type Place } from '@tintype/contract'
import { LocateFixed, X } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '../../ui/IconButton.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { locate } from './locate.ts'
import { t } from './messages.ts'

interface PlaceFieldProps {
  value: Place | null
  onChange: (place: Place | null) => void
}

type Search = 'idle' | 'locating' | 'denied' | 'unavailable'

/** A name people write, and the position only if they ask for it. */
export function PlaceField({ value, onChange }: PlaceFieldProps) {
  const [search, setSearch] = useState<Search>('idle')
  const name = value?.name ?? ''
  const position =
    value?.lat === undefined || value.lon === undefined ? null : { lat: value.lat, lon: value.lon }
  const handleLocate = async () => {
    setSearch('locating')
    const found = await locate()
    if ('problem' in found) return setSearch(found.problem)
    setSearch('idle')
    onChange({ name, ...found })
  }
  const handleDetach = () => onChange(name ? { name } : null)
  return (
    <TextField
      label={t('place.label')}
      placeholder={t('place.placeholder')}
      value={name}
      maxLength={limits.placeName}
      autoComplete="off"
      onChange={(text) => onChange(text || position ? { ...position, name: text } : null)}
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
  )
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
