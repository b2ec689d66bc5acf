import { useState } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { t } from '../messages.ts'
import { emojiOf } from '../stickers/new-sticker.ts'
import { useStory } from '../story-context.ts'
import styles from './EmojiPanel.module.css'
import { emojiNames } from './emoji-names.ts'
import { PanelBody } from './PanelFrame.tsx'

/** A handful to press, and any other that the system's keyboard has. */
export function EmojiPanel({ onDone }: { onDone: () => void }) {
  const session = useStory()
  const [typed, setTyped] = useState('')
  const other = emojiOf(typed)
  const add = (emoji: string) => {
    session.put({ kind: 'emoji', emoji }, { x: 0.5, y: 0.45, size: 0.22, rotation: 0 })
    onDone()
  }
  return (
    <PanelBody>
      <ul className={styles.grid} aria-label={t('emoji.list')}>
        {Object.entries(emojiNames).map(([emoji, name], index) => (
          <li key={emoji}>
            <button
              type="button"
              className={styles.emoji}
              aria-label={name}
              title={name}
              data-first={index === 0 || undefined}
              onClick={() => add(emoji)}
            >
              {emoji}
            </button>
          </li>
        ))}
      </ul>
      <form
        className={styles.other}
        onSubmit={(event) => {
          event.preventDefault()
          if (other) add(other)
        }}
      >
        <div className={styles.field}>
          <TextField label={t('emoji.other')} value={typed} autoComplete="off" onChange={setTyped} />
        </div>
        <Button type="submit" label={t('emoji.add')} disabled={!other} />
      </form>
    </PanelBody>
  )
}
