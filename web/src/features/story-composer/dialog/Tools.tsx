import { Brush, Image, type LucideIcon, PaintBucket, Smile, Sticker, Type } from 'lucide-react'
import { t } from '../messages.ts'
import type { Panel } from '../panels/panels.ts'
import { useScene } from '../story-context.ts'
import styles from './Tools.module.css'

interface ToolsProps {
  panel: Panel | null
  onPanel: (panel: Panel | null) => void
}

/** What can be put into the frame. */
export function Tools({ panel, onPanel }: ToolsProps) {
  const { picture } = useScene()
  const tools: [
    Extract<Panel['name'], 'text' | 'draw' | 'emoji' | 'stickers' | 'ground'>,
    LucideIcon,
    string,
  ][] = [
    ['text', Type, t('tool.text')],
    ['draw', Brush, t('tool.draw')],
    ['emoji', Smile, t('tool.emoji')],
    ['stickers', Sticker, t('tool.stickers')],
    ['ground', picture ? Image : PaintBucket, picture ? t('tool.picture') : t('tool.ground')],
  ]
  return (
    <div role="toolbar" aria-label={t('tools')} className={styles.bar}>
      {tools.map(([name, Icon, label]) => (
        <button
          key={name}
          type="button"
          className={styles.tool}
          aria-expanded={panel?.name === name}
          onClick={() => onPanel(panel?.name === name ? null : { name })}
        >
          <Icon aria-hidden size={24} strokeWidth={1.8} />
          {label}
        </button>
      ))}
    </div>
  )
}
