import { Check, Minus, Move, Pencil, Plus, RotateCcw, RotateCw, Trash2 } from 'lucide-react'
import { classes } from '../../../ui/classes.ts'
import { t } from '../messages.ts'
import { byKey } from '../scene/place.ts'
import type { Thing } from '../scene/scene.ts'
import { handleOf, shownRatio } from '../stage/ratio.ts'
import { nameOf } from '../stage/ThingHandle.tsx'
import { useStory } from '../story-context.ts'
import styles from './Tools.module.css'

interface ThingToolsProps {
  thing: Thing
  placing: boolean
  onPlacing: (placing: boolean) => void
  onEdit: (() => void) | undefined
}

/** What a drag, a pinch or a key does to a thing, by single presses. */
export function ThingTools({ thing, placing, onPlacing, onEdit }: ThingToolsProps) {
  const session = useStory()
  const handleKey = (key: string) => {
    const next = byKey(thing.place, key, false)
    if (next) session.place(thing, next, shownRatio(handleOf(thing.id)), `tools:${thing.id}`)
  }
  const tools = [
    onEdit && { label: t('thing.edit'), icon: Pencil, onPress: onEdit },
    { label: t('thing.move'), icon: Move, pressed: placing, onPress: () => onPlacing(!placing) },
    { label: t('thing.smaller'), icon: Minus, onPress: () => handleKey('-') },
    { label: t('thing.bigger'), icon: Plus, onPress: () => handleKey('+') },
    { label: t('thing.left'), icon: RotateCcw, onPress: () => handleKey('[') },
    { label: t('thing.right'), icon: RotateCw, onPress: () => handleKey(']') },
    { label: t('thing.delete'), icon: Trash2, onPress: () => session.remove(thing.id) },
    { label: t('thing.done'), icon: Check, onPress: () => session.select(null) },
  ].filter((tool) => tool !== undefined)
  return (
    <div role="toolbar" aria-label={t('thing.tools', { name: nameOf(thing) })} className={styles.bar}>
      {tools.map(({ label, icon: Icon, onPress, ...rest }) => (
        <button
          key={label}
          type="button"
          className={classes(styles.tool, styles.narrow)}
          aria-label={label}
          aria-pressed={'pressed' in rest ? rest.pressed : undefined}
          title={label}
          onClick={onPress}
        >
          <Icon aria-hidden size={22} strokeWidth={1.8} />
        </button>
      ))}
    </div>
  )
}
