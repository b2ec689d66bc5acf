import { t } from '../messages.ts'
import { type StickerContent, stickersOf } from '../scene/scene.ts'
import type { Pen } from '../stage/pen.ts'
import { firstPlaceOf } from '../stickers/new-sticker.ts'
import { StickerForm } from '../stickers/StickerForm.tsx'
import { useScene, useStory } from '../story-context.ts'
import { DrawPanel } from './DrawPanel.tsx'
import { EmojiPanel } from './EmojiPanel.tsx'
import { GroundPanel } from './GroundPanel.tsx'
import { PanelFrame } from './PanelFrame.tsx'
import type { Panel } from './panels.ts'
import { StickerTray } from './StickerTray.tsx'
import { StorySharePanel } from './StorySharePanel.tsx'
import { TextPanel } from './TextPanel.tsx'

interface OpenPanelProps {
  panel: Panel
  pen: Pen
  onPen: (pen: Pen) => void
  onPanel: (panel: Panel | null) => void
  onShared: () => void
}

export function OpenPanel(props: OpenPanelProps) {
  const { panel, onPanel } = props
  const { picture } = useScene()
  return (
    <PanelFrame key={keyOf(panel)} title={titleOf(panel, picture !== null)} onClose={() => onPanel(null)}>
      <Inside {...props} />
    </PanelFrame>
  )
}

function titleOf(panel: Panel, hasPicture: boolean): string {
  if (panel.name === 'sticker') return t(`sticker.${panel.kind}`)
  return panel.name === 'ground' && hasPicture ? t('panel.picture') : t(`panel.${panel.name}`)
}

const keyOf = (panel: Panel) =>
  [panel.name, 'kind' in panel && panel.kind, 'id' in panel && panel.id].join(':')

function Inside({ panel, pen, onPen, onPanel, onShared }: OpenPanelProps) {
  switch (panel.name) {
    case 'text':
      return <TextPanel id={panel.id} />
    case 'draw':
      return <DrawPanel pen={pen} onChange={onPen} />
    case 'emoji':
      return <EmojiPanel onDone={() => onPanel(null)} />
    case 'stickers':
      return <StickerTray onChoose={(kind) => onPanel({ name: 'sticker', kind })} />
    case 'sticker':
      return <StickerPanel panel={panel} onDone={() => onPanel(null)} />
    case 'ground':
      return <GroundPanel />
    case 'share':
      return <StorySharePanel onShared={onShared} />
  }
}

interface StickerPanelProps {
  panel: Extract<Panel, { name: 'sticker' }>
  onDone: () => void
}

function StickerPanel({ panel: { kind, id }, onDone }: StickerPanelProps) {
  const session = useStory()
  const scene = useScene()
  const edited = scene.things.find((thing) => thing.id === id)
  const handleDone = (sticker: StickerContent) => {
    session.put(
      { kind: 'sticker', sticker },
      edited?.place ?? firstPlaceOf(sticker, stickersOf(scene).length),
      edited?.id,
    )
    onDone()
  }
  return (
    <StickerForm
      kind={kind}
      sticker={edited?.kind === 'sticker' ? edited.sticker : undefined}
      onDone={handleDone}
    />
  )
}
