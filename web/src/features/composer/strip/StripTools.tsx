import { ArrowLeft, ArrowRight, Trash2 } from 'lucide-react'
import { IconButton } from '../../../ui/IconButton.tsx'
import { t } from '../messages.ts'
import styles from './PictureStrip.module.css'

interface StripToolsProps {
  index: number
  count: number
  onMove: (from: number, to: number) => void
  onRemove: (index: number) => void
}

/** For the selected picture, what dragging does, without dragging. */
export function StripTools({ index, count, onMove, onRemove }: StripToolsProps) {
  const n = index + 1
  return (
    <div className={styles.tools}>
      {count > 1 && (
        <div className={styles.move}>
          <IconButton
            icon={ArrowLeft}
            size="small"
            label={t('strip.earlier', { n })}
            disabled={index === 0}
            onPress={() => onMove(index, index - 1)}
          />
          <span aria-hidden="true">{t('strip.move')}</span>
          <IconButton
            icon={ArrowRight}
            size="small"
            label={t('strip.later', { n })}
            disabled={index === count - 1}
            onPress={() => onMove(index, index + 1)}
          />
        </div>
      )}
      <IconButton
        icon={Trash2}
        size="small"
        label={t('strip.remove', { n })}
        onPress={() => onRemove(index)}
      />
    </div>
  )
}
