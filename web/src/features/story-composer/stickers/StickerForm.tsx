import { limits } from '@tintype/contract'
import { Minus, Plus } from 'lucide-react'
import { useState } from 'react'
import { PlaceField } from '../../../things/composing/PlaceField.tsx'
import { Button } from '../../../ui/Button.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { t } from '../messages.ts'
import { PanelBody } from '../panels/PanelFrame.tsx'
import { SwatchChoice } from '../panels/SwatchChoice.tsx'
import type { StickerContent, StickerKind } from '../scene/scene.ts'
import { NameField } from './NameField.tsx'
import { emptyFields, fieldsOf, type StickerFields, stickerOf } from './new-sticker.ts'
import styles from './StickerForm.module.css'

interface StickerFormProps {
  kind: StickerKind
  /** One that is edited. */
  sticker?: StickerContent | undefined
  onDone: (sticker: StickerContent) => void
}

/** What a sticker says or asks; it comes into the frame when it is whole. */
export function StickerForm({ kind, sticker, onDone }: StickerFormProps) {
  const [fields, setFields] = useState(() => (sticker ? fieldsOf(sticker) : emptyFields(kind)))
  const made = stickerOf(kind, fields, Date.now())
  const change = (part: Partial<StickerFields>) => setFields((now) => ({ ...now, ...part }))
  return (
    <PanelBody>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (made) onDone(made)
        }}
      >
        <Fields kind={kind} fields={fields} onChange={change} />
        <Button
          type="submit"
          label={sticker ? t('form.save') : t('form.add')}
          tone="primary"
          wide
          disabled={!made}
        />
      </form>
    </PanelBody>
  )
}

interface FieldsProps {
  fields: StickerFields
  onChange: (part: Partial<StickerFields>) => void
}

function Fields({ kind, ...props }: FieldsProps & { kind: StickerKind }) {
  const { fields, onChange } = props
  switch (kind) {
    case 'mention':
    case 'hashtag':
      return <NameField kind={kind} value={fields.name} onChange={(name) => onChange({ name })} />
    case 'place':
      return <PlaceField value={fields.spot} onChange={(spot) => onChange({ spot })} />
    case 'poll':
      return (
        <>
          <Question {...props} label={t('form.questionOptional')} />
          <Options {...props} />
        </>
      )
    case 'quiz':
      return (
        <>
          <Question {...props} label={t('form.question')} />
          <Options {...props} withAnswer />
        </>
      )
    case 'question':
      return <Question {...props} label={t('form.question')} />
    case 'slider':
      return (
        <>
          <Question {...props} label={t('form.questionOptional')} />
          <SwatchChoice
            label={t('form.emoji')}
            value={fields.emoji}
            options={sliderEmoji.map((emoji) => ({ value: emoji, label: emoji, sign: emoji }))}
            onChange={(emoji) => onChange({ emoji })}
          />
        </>
      )
    case 'countdown':
      return <Countdown {...props} />
    case 'link':
      return <LinkFields {...props} />
  }
}

const sliderEmoji = ['❤️', '😍', '🔥', '😂', '👏', '🎉', '😮', '😢']

function Question({ fields, onChange, label }: FieldsProps & { label: string }) {
  return (
    <TextField
      label={label}
      value={fields.question}
      maxLength={limits.stickerQuestion}
      autoComplete="off"
      onChange={(question) => onChange({ question })}
    />
  )
}

function Options({ fields, onChange, withAnswer }: FieldsProps & { withAnswer?: boolean }) {
  const { options, correct } = fields
  const write = (at: number, text: string) =>
    onChange({ options: options.map((option, index) => (index === at ? text : option)) })
  return (
    <fieldset className={styles.options} aria-label={t('form.options')}>
      {options.map((option, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an option is known by its place
        <div key={index} className={styles.option}>
          {withAnswer && (
            <input
              type="radio"
              name="correct"
              className={styles.radio}
              aria-label={t('form.isCorrect', { n: index + 1 })}
              checked={correct === index}
              onChange={() => onChange({ correct: index })}
            />
          )}
          <div className={styles.optionText}>
            <TextField
              label={t('form.option', { n: index + 1 })}
              value={option}
              maxLength={limits.stickerOption}
              autoComplete="off"
              onChange={(text) => write(index, text)}
            />
          </div>
        </div>
      ))}
      <div className={styles.more}>
        <IconButton
          icon={Plus}
          size="small"
          label={t('form.moreOptions')}
          disabled={options.length >= limits.stickerOptions}
          onPress={() => onChange({ options: [...options, ''] })}
        />
        <IconButton
          icon={Minus}
          size="small"
          label={t('form.fewerOptions')}
          disabled={options.length <= 2}
          onPress={() =>
            onChange({ options: options.slice(0, -1), correct: Math.min(correct, options.length - 2) })
          }
        />
        {withAnswer && <p className={styles.note}>{t('form.markCorrect')}</p>}
      </div>
    </fieldset>
  )
}

function Countdown({ fields, onChange }: FieldsProps) {
  return (
    <>
      <TextField
        label={t('form.countdownTitle')}
        value={fields.question}
        maxLength={limits.stickerQuestion}
        autoComplete="off"
        onChange={(question) => onChange({ question })}
      />
      <TextField
        label={t('form.until')}
        type="datetime-local"
        value={fields.until}
        error={
          fields.until && !(new Date(fields.until).getTime() > Date.now()) ? t('form.untilPast') : undefined
        }
        onChange={(until) => onChange({ until })}
      />
    </>
  )
}

function LinkFields({ fields, onChange }: FieldsProps) {
  return (
    <>
      <TextField
        label={t('form.url')}
        type="url"
        inputMode="url"
        placeholder="example.org"
        value={fields.url}
        maxLength={limits.stickerUrl}
        autoComplete="off"
        autoCapitalize="none"
        onChange={(url) => onChange({ url })}
      />
      <TextField
        label={t('form.linkLabel')}
        value={fields.label}
        maxLength={limits.stickerOption}
        autoComplete="off"
        onChange={(label) => onChange({ label })}
      />
    </>
  )
}
