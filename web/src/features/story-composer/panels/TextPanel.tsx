import { useEffect, useState } from 'react'
import { Segmented } from '../../../ui/Segmented.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { TextArea } from '../../../ui/TextArea.tsx'
import { randomKey } from '../../../upload/random-key.ts'
import { t } from '../messages.ts'
import { fontNames, fonts } from '../scene/fonts.ts'
import { inkNames, inks } from '../scene/paints.ts'
import { putThing, removeThing, type TextContent, type Thing } from '../scene/scene.ts'
import { useScene, useStory } from '../story-context.ts'
import { PanelBody } from './PanelFrame.tsx'
import { SwatchChoice } from './SwatchChoice.tsx'

const firstText: TextContent = {
  kind: 'text',
  text: '',
  font: 'plain',
  color: inks.white,
  align: 'center',
  pill: false,
}
const firstPlace = { x: 0.5, y: 0.42, size: 0.085, rotation: 0 }
/** Longer ones are for captions. */
const LONGEST = 280

/** Writes into the frame while one types; nothing written, nothing there. */
export function TextPanel({ id: edited }: { id?: string | undefined }) {
  const session = useStory()
  const scene = useScene()
  const [id] = useState(() => edited ?? randomKey())
  const found = scene.things.find((thing) => thing.id === id)
  const [style, setStyle] = useState<TextContent>(() => (found?.kind === 'text' ? found : firstText))
  const change = (part: Partial<TextContent>) => {
    const { kind, text, font, color, align, pill } = { ...style, ...part }
    const content: TextContent = { kind, text, font, color, align, pill }
    setStyle(content)
    const thing: Thing = { ...content, id, place: found?.place ?? firstPlace }
    session.change((now) => (text.trim() ? putThing(now, thing) : removeThing(now, id)), `text:${id}`)
    if (text.trim()) session.select(id)
  }
  useEffect(() => () => session.rest(), [session])
  return (
    <PanelBody>
      <TextArea
        label={t('text.label')}
        rows={2}
        autoFocus
        value={style.text}
        maxLength={LONGEST}
        onChange={(text) => change({ text })}
      />
      <SwatchFonts value={style.font} onChange={(font) => change({ font })} />
      <InkChoice value={style.color} onChange={(color) => change({ color })} />
      <Segmented
        label={t('text.align')}
        value={style.align}
        options={(['left', 'center', 'right'] as const).map((value) => ({
          value,
          label: t(`text.${value}`),
        }))}
        onChange={(align) => change({ align })}
      />
      <Switch label={t('text.pill')} checked={style.pill} onChange={(pill) => change({ pill })} />
    </PanelBody>
  )
}

function SwatchFonts({
  value,
  onChange,
}: {
  value: TextContent['font']
  onChange: (font: TextContent['font']) => void
}) {
  return (
    <SwatchChoice
      label={t('text.font')}
      value={value}
      options={fontNames.map((name) => ({
        value: name,
        label: t(`font.${name}`),
        sign: 'Aa',
        font: fonts[name].family,
      }))}
      onChange={onChange}
    />
  )
}

export function InkChoice({ value, onChange }: { value: string; onChange: (color: string) => void }) {
  return (
    <SwatchChoice
      label={t('ink.label')}
      value={value}
      options={inkNames.map((name) => ({
        value: inks[name] as string,
        label: t(`ink.${name}`),
        paint: inks[name],
      }))}
      onChange={onChange}
    />
  )
}
